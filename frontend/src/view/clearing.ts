/** Keeps the part of the window that the home views fill clear of what lies over the picture's lower left corner. */

import type { Bounds } from "../math/bounds";
import { type CameraState, computeClip, computePose } from "../math/camera";
import { type Corner, type Cover, chooseInsets, type Insets, makeRoom, NO_INSETS } from "../math/room";
import { ScreenProjection } from "../math/screen_projection";
import { markPx } from "./mark_sizes";
import type { PictureProps } from "./picture_props";
import type { Size, Viewpoint } from "./viewpoint";

/** Number of points from which the share under the corner is estimated. */
const SAMPLED = 2_000;
/** Distance of the room from what lies over the corner, CSS px. */
const GAP_PX = 8;

export class Clearing {
  /** What room has been made for; null: nothing yet. */
  #cleared: Cover | null = null;
  /** How far the points' marks reached then: see `#reach`. */
  #clearedReach = 0;
  /** The user has moved the camera. */
  #isKept = false;
  /** They have been drawn in the whole window. */
  #areSeen = false;

  constructor(
    private readonly viewpoint: Viewpoint,
    private readonly window: Size,
  ) {}

  /** Other points than before fill the whole window until it is known what lies over them. */
  start(): void {
    [this.#cleared, this.#isKept, this.#areSeen] = [null, false, false];
    this.viewpoint.setInsets({ 2: NO_INSETS, 3: NO_INSETS }, false);
  }

  /** The user has moved the camera: the room stays as it is. */
  keep(): void {
    this.#isKept = true;
  }

  /**
   * Makes room for something else that has come to lie over more of the points, or for thumbnails; true if it has.
   * Points that were seen move there, others are drawn there at once. What is folded and unfolded moves nothing.
   */
  clearMore(props: PictureProps, bounds: Bounds): boolean {
    if (this.#isKept || props.count === 0) return false;
    const isMore = props.covered !== null && this.#coversMore(props, props.covered);
    if (isMore) this.#clear(props, bounds, this.#areSeen);
    this.#areSeen = true;
    return isMore;
  }

  /** Makes room for what lies over the points now, in the home view. */
  clear(props: PictureProps, bounds: Bounds): void {
    this.#isKept = false;
    this.#clear(props, bounds, true);
  }

  /** In a hidden tab all stays as it is. */
  #clear(props: PictureProps, bounds: Bounds, animate: boolean): void {
    if (this.window.width === 0 || this.window.height === 0) return;
    [this.#cleared, this.#clearedReach] = [props.covered, this.#reach(props)];
    const choose = (dimensions: 2 | 3): Insets => {
      const { covered } = props;
      return covered === null ? NO_INSETS : this.#choose(covered, dimensions, props, bounds);
    };
    this.viewpoint.setInsets({ 2: choose(2), 3: choose(3) }, animate);
  }

  /** How far a point's mark reaches beyond its place in the home view, CSS px: thumbnails do. */
  #reach(props: PictureProps): number {
    return markPx(props, this.window, 1) / 2;
  }

  /** A few more pixels, as of a longer word, are no reason to move the points. */
  #coversMore(props: PictureProps, { of, width, height }: Cover): boolean {
    const cleared = this.#cleared;
    if (cleared === null || this.#reach(props) > this.#clearedReach + GAP_PX) return true;
    return of !== cleared.of && (width > cleared.width + GAP_PX || height > cleared.height + GAP_PX);
  }

  #choose(covered: Corner, dimensions: 2 | 3, props: PictureProps, bounds: Bounds): Insets {
    const { width, height } = this.window;
    const aspect = width / height;
    const home: CameraState = { ...this.viewpoint.cameraIn(dimensions), target: [0, 0, 0], zoom: 1 };
    const reach = this.#reach(props);
    const [corner, touched] = [widened(covered, Math.max(GAP_PX, reach)), widened(covered, reach)];
    return chooseInsets(corner, (insets) => {
      const pose = computePose(home, dimensions === 2 ? 1 : 0, bounds, aspect, makeRoom(insets, width, height));
      const projector = new ScreenProjection(props.positions, computeClip(pose, aspect), width, height);
      return { halfHeight: pose.halfHeight, hidden: hiddenShare(projector, props.count, touched) };
    });
  }
}

function widened({ width, height }: Corner, by: number): Corner {
  return { width: width + by, height: height + by };
}

/** The share of the visible points that lies in the lower left corner. */
function hiddenShare(projector: ScreenProjection, count: number, { width, height }: Corner): number {
  const stride = Math.max(1, Math.floor(count / SAMPLED));
  let [hidden, seen] = [0, 0];
  for (let row = 0; row < count; row += stride) {
    const at = projector.project(row);
    if (!at.seen) continue;
    seen++;
    if (at.x <= width && at.y >= projector.height - height) hidden++;
  }
  return seen === 0 ? 0 : hidden / seen;
}
