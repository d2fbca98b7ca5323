import { prodCase } from "../fixtures/stacks";
import { describeBreaking } from "./breaking";

describeBreaking(prodCase);
