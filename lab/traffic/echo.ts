import { createSocket } from "node:dgram";

/** A process of its own, in the namespace of a client: sends every datagram back. Argument: port. */
const receiveBytes = 4 * 1024 * 1024;

const socket = createSocket("udp4");
socket.on("message", (message, { port, address }) => {
  socket.send(message, port, address);
});
socket.bind(Number(process.argv[2]), () => {
  // The kernel keeps what arrives while the machine is busy.
  socket.setRecvBufferSize(receiveBytes);
  process.stdout.write("ready\n");
});
