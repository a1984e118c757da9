/** URLs of files named in metadata, and the reasons why one is not shown. */
import type { Client } from "../../api/client";
import { ApiError } from "../../api/failure";
import { assetRequest } from "../../api/shared_requests";
import type { Store } from "../../state/store";
import type { PointActions } from "./fields";

/** Header of a request for as little as possible. */
const FIRST_BYTE = { Range: "bytes=0-0" };
const NOT_PLAYED = "The file is there, and this browser cannot show it.";

export function makeMediaFiles(store: Store, client: Client): PointActions {
  return {
    assetUrl: (path) => {
      const { shown } = store.state;
      return shown === null ? null : client.address(assetRequest(shown, path));
    },
    explainAsset: async (path) => {
      const { shown } = store.state;
      if (shown === null) return "";
      try {
        await client.send({ ...assetRequest(shown, path), headers: FIRST_BYTE }); // Refused if it is unavailable.
        return NOT_PLAYED;
      } catch (error) {
        return error instanceof ApiError ? `${error.message} ${error.fix}` : String(error);
      }
    },
  };
}
