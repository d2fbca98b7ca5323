const { program, rehearsal, entrances } = require("./structure.json");

const within = (folders) => `^(${folders.join("|")})/`;
const programPath = `^(${program.files.map((file) => file.replace(".", "\\.")).join("|")}$|(${program.folders.join("|")})/)`;
const rooms = rehearsal.flat();

/** A room sees its own files and the rooms of earlier rows. */
const roomRules = rehearsal.flatMap((row, index) =>
  row.map((room) => ({
    name: `rehearsal/${room} sees earlier rooms only`,
    severity: "error",
    from: { path: `^rehearsal/${room}/` },
    to: {
      path: "^rehearsal/",
      pathNot: within([room, ...rehearsal.slice(0, index).flat()].map((name) => `rehearsal/${name}`)),
    },
  })),
);

const entranceRules = Object.entries(entrances).map(([folder, open]) => ({
  name: `${folder} enters the rehearsal at ${open.join(", ")}`,
  severity: "error",
  from: { path: `^${folder}/` },
  to: { path: "^rehearsal/", pathNot: within(open.map((name) => `rehearsal/${name}`)) },
}));

/** The later folders of the program know the earlier ones, never the other way round. */
const programRules = program.folders.map((folder, index) => ({
  name: `${folder} knows earlier folders of the program only`,
  severity: "error",
  from: { path: `^${folder}/` },
  to: { path: within(program.folders), pathNot: within(program.folders.slice(0, index + 1)) },
}));

/** What a folder is told in its arguments it does not import from an earlier folder either. */
const toldRules = [
  { folder: "s3access", never: ["network", "vpn"], name: "s3access is told its networks" },
  {
    folder: "client",
    never: ["network", "vpn", "s3access", "monitoring"],
    name: "client is told its subnet and what it lists",
  },
].map(({ folder, never, name }) => ({
  name,
  severity: "error",
  from: { path: `^${folder}/` },
  to: { path: within(never) },
}));

module.exports = {
  forbidden: [
    { name: "no circle, types included", severity: "error", from: {}, to: { circular: true } },
    {
      name: "the program knows nothing of what judges it",
      severity: "error",
      from: { path: programPath },
      to: { path: "^(rehearsal|operations|lab|policy|tests|bench|docs)/" },
    },
    {
      name: "the proof shares no code with the program",
      severity: "error",
      from: { path: "^(rehearsal|lab)/" },
      to: { path: programPath },
    },
    {
      name: "every folder of the rehearsal is a room",
      severity: "error",
      from: { path: "^rehearsal/", pathNot: within(rooms.map((room) => `rehearsal/${room}`)) },
      to: {},
    },
    {
      name: "the rehearsal knows nothing of what uses it",
      severity: "error",
      from: { path: "^rehearsal/" },
      to: { path: "^(operations|lab|policy|tests|bench|docs)/" },
    },
    {
      name: "verify: facts know neither who collects nor who judges them",
      severity: "error",
      from: { path: "^operations/verify/facts/" },
      to: { path: "^operations/verify/(collect|judge)/" },
    },
    {
      name: "verify: who collects does not judge",
      severity: "error",
      from: { path: "^operations/verify/collect/" },
      to: { path: "^operations/verify/judge/" },
    },
    {
      name: "verify: who judges does not collect",
      severity: "error",
      from: { path: "^operations/verify/judge/" },
      to: { path: "^operations/verify/collect/" },
    },
    ...programRules,
    ...toldRules,
    ...roomRules,
    ...entranceRules,
  ],
  options: {
    // Imports of types alone count as well.
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
  },
};
