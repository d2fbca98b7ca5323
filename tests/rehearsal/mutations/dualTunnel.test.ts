import { dualTunnelCase } from "../fixtures/stacks";
import { describeBreaking } from "./breaking";

describeBreaking(dualTunnelCase);
