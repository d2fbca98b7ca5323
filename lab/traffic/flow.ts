import { createSocket } from "node:dgram";

/**
 * A process of its own, in the namespace of a client: sends numbered datagrams and prints each number when it leaves and
 * when it is back. Arguments: address, port, milliseconds between two datagrams.
 */
const [address = "", port = "", every = ""] = process.argv.slice(2);
const receiveBytes = 4 * 1024 * 1024;

const socket = createSocket("udp4");
let next = 1;
socket.on("message", (message) => {
  process.stdout.write(`back ${message.toString()}\n`);
});
// A router answers for a network that has no route: the number stays unanswered, which is the loss.
socket.on("error", () => undefined);
socket.bind(() => {
  socket.setRecvBufferSize(receiveBytes);
  setInterval(() => {
    const number = next++;
    socket.send(String(number), Number(port), address, () => {
      process.stdout.write(`sent ${number}\n`);
    });
  }, Number(every));
});
