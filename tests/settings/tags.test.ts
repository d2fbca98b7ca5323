import { expect } from "chai";
import { many } from "./many";
import { complaints, configWith } from "./validConfig";

describe("the AWS provider's default tags", () => {
  const defaultTags = (count: number) =>
    JSON.stringify({ tags: Object.fromEntries(many(count, (i) => [`d${i}`, "v"])) });
  const tags = (count: number) => Object.fromEntries(many(count, (i) => [`k${i}`, "v"]));

  for (const { what, given, count, says } of [
    { what: "none", given: {}, count: 0, says: [] },
    { what: "50 with tags and the program's own", given: { tags: tags(37) }, count: 10, says: [] },
    {
      what: "51 with tags and the program's own",
      given: { tags: tags(38) },
      count: 10,
      says: [
        "  aws:defaultTags is set, but AWS takes 50 tags, and with tags and the program's own there are 51; drop 1 of either",
      ],
    },
    { what: "ten on a sample object", given: { sampleObject: true }, count: 10, says: [] },
    { what: "eleven without a sample object", given: {}, count: 11, says: [] },
    {
      what: "eleven on a sample object",
      given: { sampleObject: true },
      count: 11,
      says: [
        "  aws:defaultTags is set, but the provider puts all 11 on the sample object too, and S3 takes 10 on an object; drop 1, or set sampleObject to false",
      ],
    },
  ])
    it(`are ${says.length === 0 ? "taken" : "refused"}: ${what}`, () => {
      expect(complaints({ ...configWith(given), defaultTags: defaultTags(count) })).to.deep.equal(says);
    });

  it("are counted once where a tag has the same key", () => {
    const config = { ...configWith({ tags: tags(47) }), defaultTags: '{"tags":{"k0":"v","project":"p"}}' };
    expect(complaints(config)).to.deep.equal([]);
  });

  for (const text of ["", "null", "[]", "word", '{"tags": null}', "{}"])
    it(`are left to the provider where they are ${JSON.stringify(text)}`, () => {
      expect(complaints({ ...configWith({}), defaultTags: text })).to.deep.equal([]);
    });
});
