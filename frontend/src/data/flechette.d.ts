/** Types of a file that the library's index does not export. */
declare module "@uwdata/flechette/src/decode/decode-ipc.js" {
  export { decodeIPC } from "@uwdata/flechette/dist/types/decode/decode-ipc.js";
}
