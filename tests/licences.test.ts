import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";

interface Package {
  readonly license?: string;
}

/** What anybody may use and pass on, as SPDX writes it. */
const allowed = [
  "MIT",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "0BSD",
  "BlueOak-1.0.0",
  "CC0-1.0",
];

/** Packages under another licence, and why each may stay. */
const exceptions: Readonly<Record<string, { readonly license: string; readonly reason: string }>> = {
  "@logdna/tail-file": { license: "SEE LICENSE IN LICENSE", reason: "the text of the file is that of MIT" },
  argparse: {
    license: "Python-2.0 or PSF-2.0",
    reason: "Python's own licence: permissive, of the same kind as BSD",
  },
  "axe-core": { license: "MPL-2.0", reason: "runs in tests only, unchanged" },
  "spdx-exceptions": {
    license: "CC-BY-3.0",
    reason: "a list of names; its authors are named in its package",
  },
};

const { packages } = JSON.parse(readFileSync(path.join(__dirname, "../package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, Package>>;
};
const installed = Object.entries(packages)
  .filter(([place]) => place !== "")
  .map(([place, { license = "none" }]) => ({ name: place.replace(/^.*node_modules\//, ""), license }));

/** Whether every part of an expression is allowed: of "A AND B" both apply, and of "A OR B" we take none on trust. */
function isAllowed(license: string): boolean {
  return license
    .replaceAll(/[()]/g, "")
    .split(/ AND | OR /)
    .every((part) => allowed.includes(part));
}

describe("the licences of all packages", () => {
  it("are permissive, or listed with a reason", () => {
    const others = installed.filter(({ name, license }) => !isAllowed(license) && !(name in exceptions));
    expect(others).to.deep.equal([]);
  });

  for (const [name, { license, reason }] of Object.entries(exceptions))
    it(`has an exception for ${name}: ${license}, for ${reason}`, () => {
      const found = installed.filter((one) => one.name === name);
      expect(found).not.to.deep.equal([]);
      for (const one of found) {
        expect(license.split(" or ")).to.include(one.license);
        expect(isAllowed(one.license)).to.equal(false);
      }
    });

  for (const license of ["GPL-3.0", "AGPL-3.0-only", "none", "MIT AND GPL-2.0", "(MIT OR SSPL-1.0)"])
    it(`would not take ${license}`, () => {
      expect(isAllowed(license)).to.equal(false);
    });
});
