import { expect } from "chai";
import { inspect } from "node:util";
import { settingKeys } from "../../settings/schema";
import { commandMistakes, commands } from "./commands";
import { fileMistakes } from "./files";
import { settingMistakes } from "./table";

const ofSettings = Object.values(settingMistakes).flat();
const all = [...ofSettings, ...fileMistakes, ...commandMistakes];

describe("the mistakes that are tried", () => {
  it("are at least 160, each another", () => {
    const inputs = [
      ...ofSettings.map(({ given }) =>
        inspect(given, { depth: 5, maxStringLength: null, maxArrayLength: null }),
      ),
      ...fileMistakes.map(({ text }) => text),
      ...commandMistakes.map(({ command, args }) => [command, ...args].join(" ")),
    ];
    expect(new Set(inputs).size).to.equal(all.length).and.to.be.at.least(160);
  });

  for (const key of settingKeys)
    it(`are two or more with ${key}`, () => {
      const named = ofSettings.filter(({ says }) => says.startsWith(key));
      expect(named.length).to.be.at.least(2);
    });

  for (const command of commands)
    it(`are three or more of ${command}`, () => {
      expect(commandMistakes.filter((one) => one.command === command).length).to.be.at.least(3);
    });

  it("end in no stack trace", () => {
    for (const { what, says } of all) expect(says, what).not.to.match(/\n\s+at |node_modules|\.ts:\d/);
  });
});
