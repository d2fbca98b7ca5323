import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** An HTTP proxy that opens connections, or refuses with a status. */
export class ConnectProxy {
  /** Hosts that a connection was wanted to. */
  readonly asked: string[] = [];
  /** What it answers instead of opening a connection. */
  refuses: number | undefined;
  /** Where it really connects to, by the host and port that are wanted. */
  leads = (target: string): string => target;
  url = "";

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ConnectProxy> {
    const server = createServer();
    const proxy = new ConnectProxy(server);
    server.on("connect", (request, socket, head) => {
      const target = request.url ?? "";
      proxy.asked.push(target);
      if (proxy.refuses !== undefined) {
        socket.end(`HTTP/1.1 ${proxy.refuses} No\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const [host = "", port = "443"] = proxy.leads(target).split(":");
      const far = connect({ host, port: Number(port) }, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        far.write(head);
        far.pipe(socket).pipe(far);
      });
      far.on("error", () => socket.destroy());
      socket.on("error", () => far.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return proxy;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
