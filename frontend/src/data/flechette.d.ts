/** The types of a file of the library that its index does not name. */
declare module "@uwdata/flechette/src/decode/decode-ipc.js" {
  export { decodeIPC } from "@uwdata/flechette/dist/types/decode/decode-ipc.js";
}
