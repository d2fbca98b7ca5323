import * as pulumi from "@pulumi/pulumi";
import type { StackOutputs } from "./outputs";

/** The outputs of a stack before it is deployed. */
export type Outputs = { readonly [Key in keyof StackOutputs]: pulumi.Input<Present<StackOutputs[Key]>> };

/** Those that one component answers for. It has all of them, also what stacks without the component lack. */
export type OutputsOf<Name extends keyof StackOutputs> = Required<Pick<Outputs, Name>>;

/**
 * One output made of several values, exactly those of the contract: a field too few or too many does not compile. A
 * component names the fields that its kind of stack lacks.
 */
export function composed<T, Lacking extends keyof T = never>(
  fields: Omit<Fields<NoInfer<T>>, Lacking>,
): pulumi.Output<T> {
  return pulumi.output(fields as pulumi.Input<T>) as pulumi.Output<T>;
}

/** Readers may miss a field that older stacks lack; a component always fills it in. */
type Fields<T> = { readonly [Key in keyof T]-?: Inputs<Present<T[Key]>> };

/** Known now or after the deployment, as a whole or part by part. */
type Inputs<T> = pulumi.Input<T> | { readonly [Key in keyof T]: Inputs<T[Key]> };

type Present<T> = Exclude<T, undefined>;
