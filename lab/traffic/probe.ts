import { connect } from "node:net";

/**
 * A process of its own, in the client's namespace: opens connections to the endpoint and prints for each attempt when it
 * began and how long it took. Arguments: address, port, milliseconds between two attempts.
 */
const [address = "", port = "", every = ""] = process.argv.slice(2);

/** Longer than any answer takes, shorter than the second after which the kernel repeats a lost packet. */
const lostAfterMs = 700;

function attempt(): void {
  const began = Date.now();
  const socket = connect({ host: address, port: Number(port) });
  const end = (answered: boolean): void => {
    clearTimeout(timer);
    // RST instead of FIN: the far end must not keep thousands of half-closed connections.
    socket.removeAllListeners().on("error", () => undefined);
    socket.resetAndDestroy();
    process.stdout.write(`${began} ${answered ? Date.now() - began : "lost"}\n`);
  };
  const timer = setTimeout(() => {
    end(false);
  }, lostAfterMs);
  socket.on("connect", () => {
    end(true);
  });
  socket.on("error", () => {
    end(false);
  });
}

setInterval(attempt, Number(every));
