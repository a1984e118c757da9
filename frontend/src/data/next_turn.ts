/** Long work in pieces: between two of them, the page draws and responds. */

/** A message to itself, which waits for less than a timer does, also while the page is hidden. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
