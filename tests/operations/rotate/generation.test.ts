import { expect } from "chai";
import { generationOf, StackFileError } from "../../../operations/rotate/generation";

const project = "azure-s3-privatelink";
const key = `${project}:presharedKeyGenerations`;

describe("a key's generation in a stack's file", () => {
  for (const { name, text, generation } of [
    {
      name: "the tunnel's number",
      text: `config:\n  ${key}:\n    tunnel1: 2\n    tunnel2: 4 # March\n`,
      generation: 4,
    },
    { name: "the number in a map on one line", text: `config:\n  ${key}: { tunnel2: 3 }\n`, generation: 3 },
    { name: "1 where only others have one", text: `config:\n  ${key}:\n    tunnel1: 2\n`, generation: 1 },
    { name: "1 in an empty map", text: `config:\n  ${key}: {}\n`, generation: 1 },
    { name: "1 without the setting", text: "config:\n  a:b: 1\n", generation: 1 },
    { name: "1 without config", text: "encryptionsalt: x\n", generation: 1 },
    { name: "1 in an empty file", text: "", generation: 1 },
  ])
    it(`is ${name}`, () => {
      expect(generationOf(text, { project, tunnel: "tunnel2", name: "Pulumi.dev.yaml" })).to.equal(
        generation,
      );
    });

  for (const { name, text, says } of [
    {
      name: "a file that is no YAML",
      text: "config:\n  a: [1\n",
      says: /^Pulumi\.dev\.yaml:\d+:\d+ is no YAML: /,
    },
    {
      name: "a number below 1",
      text: `config:\n  ${key}:\n    tunnel2: 0\n`,
      says: /tunnel2 is 0, and must be a whole number from 1/,
    },
    {
      name: "a word for a number",
      text: `config:\n  ${key}:\n    tunnel2: two\n`,
      says: /tunnel2 is "two", and must be/,
    },
    {
      name: "a text for the map",
      text: `config:\n  ${key}: '{"tunnel2":2}'\n`,
      says: /is no map of tunnels to numbers/,
    },
    {
      name: "a list for the map",
      text: `config:\n  ${key}: [tunnel2]\n`,
      says: /is no map of tunnels to numbers/,
    },
    {
      name: "an encrypted map",
      text: `config:\n  ${key}:\n    secure: abc\n`,
      says: /is no map of tunnels to numbers/,
    },
  ])
    it(`refuses ${name}`, () => {
      expect(() => generationOf(text, { project, tunnel: "tunnel2", name: "Pulumi.dev.yaml" })).to.throw(
        StackFileError,
        says,
      );
    });
});
