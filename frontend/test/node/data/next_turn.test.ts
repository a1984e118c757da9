import { afterEach, describe, expect, it, vi } from "vitest";
import { nextTurn } from "../../../src/data/next_turn";

afterEach(() => {
  vi.useRealTimers();
});

describe("the next turn", () => {
  it("comes without a timer, which a hidden page slows down", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "setImmediate"] }); // They never fire.
    const done: number[] = [];
    for (const piece of [1, 2, 3]) {
      await nextTurn();
      done.push(piece);
    }
    expect(done).toEqual([1, 2, 3]);
  });

  it("lets other work come first", async () => {
    const done: string[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      done.push("a message");
      port1.close();
    };
    port2.postMessage(null);
    await nextTurn();
    done.push("the next piece");
    expect(done).toEqual(["a message", "the next piece"]);
  });
});
