import { devCase } from "../fixtures/stacks";
import { describeBreaking } from "./breaking";

describeBreaking(devCase);
