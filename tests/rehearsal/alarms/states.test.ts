import { expect } from "chai";
import { alarmed, fired, type Series, type Timeline } from "../../../rehearsal/alarms/states";
import type { AlertCondition, MetricAlarm, MetricAlert } from "../../../rehearsal/estate/alarms";
import { devStack } from "../fixtures/stacks";

type Alarm = Omit<MetricAlarm, "resource">;

const usual: Alarm = {
  name: "tunnel1",
  says: "",
  metric: "AWS/VPN TunnelState",
  dimensions: {},
  statistic: "Maximum",
  periodMinutes: 5,
  periods: 3,
  datapointsToAlarm: 3,
  comparison: "LessThanThreshold",
  threshold: 1,
  missingData: "breaching",
  acts: true,
  onAlarm: [],
  onOk: [],
};

describe("A CloudWatch alarm", () => {
  const up = [1];
  const down = [0];
  const none: readonly number[] = [];
  for (const { what, alarm, timeline, alarms } of [
    { what: "a healthy metric", alarm: {}, timeline: [up, up, up], alarms: false },
    { what: "three bad periods", alarm: {}, timeline: [up, down, down, down], alarms: true },
    { what: "two bad periods", alarm: {}, timeline: [up, up, down, down], alarms: false },
    {
      what: "two bad periods of three, where two are enough",
      alarm: { datapointsToAlarm: 2 },
      timeline: [down, up, down],
      alarms: true,
    },
    { what: "missing data that count as bad", alarm: {}, timeline: [up, none, none, none], alarms: true },
    ...["notBreaching", "ignore", "missing"].map((missingData) => ({
      what: `missing data that count as ${missingData}`,
      alarm: { missingData },
      timeline: [up, none, none, none],
      alarms: false,
    })),
    {
      what: "the better of two values",
      alarm: { periods: 1, datapointsToAlarm: 1 },
      timeline: [[0, 1]],
      alarms: false,
    },
    {
      what: "the worse of two values",
      alarm: { periods: 1, datapointsToAlarm: 1, statistic: "Minimum" },
      timeline: [[0, 1]],
      alarms: true,
    },
    {
      what: "the average of two values",
      alarm: { periods: 1, datapointsToAlarm: 1, statistic: "Average" },
      timeline: [[0, 1]],
      alarms: true,
    },
    {
      what: "a period longer than the metric's",
      alarm: { periodMinutes: 15, periods: 1, datapointsToAlarm: 1 },
      timeline: [up, down, down],
      alarms: false,
    },
    {
      what: "a period shorter than the metric's",
      alarm: { periodMinutes: 1 },
      timeline: [up, up, up],
      alarms: true,
    },
    {
      what: "a threshold that is never undercut",
      alarm: { threshold: 0 },
      timeline: [down, down, down],
      alarms: false,
    },
    { what: "no threshold", alarm: { threshold: undefined }, timeline: [down, down, down], alarms: false },
  ] as readonly { what: string; alarm: Partial<Alarm>; timeline: Timeline; alarms: boolean }[])
    it(`${alarms ? "alarms" : "stays silent"} on ${what}`, async () => {
      const resource = await anyResource();
      expect(alarmed({ ...usual, ...alarm, resource }, timeline)).to.equal(alarms);
    });
});

const perPeer: AlertCondition = {
  metric: "BgpPeerStatus",
  aggregation: "Total",
  operator: "LessThan",
  threshold: 1,
  dimensions: [{ name: "Peer", excludes: false, values: ["one", "two"] }],
};

describe("An Azure alert", () => {
  const series = (Peer: string, Instance: string, ...values: readonly number[]): Series => ({
    dimensions: { Peer, Instance },
    values,
  });
  const well = [series("one", "0", 1, 1, 1), series("one", "1", 0, 0, 0), series("two", "1", 1, 1, 1)];
  const lost = [series("one", "0", 1, 1, 0), ...well.slice(1)];
  for (const { what, condition, windowMinutes = 5, given, sets } of [
    { what: "on nothing while every peer is connected to some instance", given: well, sets: [] },
    { what: "for the peer that is lost", given: lost, sets: [{ Peer: "one" }] },
    {
      what: "on a healthy peer that one instance has not, where it takes the average",
      condition: { aggregation: "Average" },
      given: well,
      sets: [{ Peer: "one" }],
    },
    {
      what: "on nothing yet, where it looks back over better times",
      windowMinutes: 15,
      given: lost,
      sets: [],
    },
    { what: "on nothing where there is no data", given: [], sets: [] },
    {
      what: "on nothing where others cover for the lost one",
      condition: { dimensions: [] },
      given: lost,
      sets: [],
    },
    {
      what: "for every value of a dimension that is starred",
      condition: { dimensions: [{ name: "Peer", excludes: false, values: ["*"] }] },
      given: [...lost, series("three", "0", 0, 0, 0)],
      sets: [{ Peer: "one" }, { Peer: "three" }],
    },
    {
      what: "for no value that is excluded",
      condition: { dimensions: [{ name: "Peer", excludes: true, values: ["one"] }] },
      given: lost,
      sets: [],
    },
  ] as readonly {
    what: string;
    condition?: Partial<AlertCondition>;
    windowMinutes?: number;
    given: readonly Series[];
    sets: readonly Readonly<Record<string, string>>[];
  }[])
    it(`fires ${what}`, async () => {
      const alert: MetricAlert = {
        resource: await anyResource(),
        name: "",
        says: "",
        scopes: [],
        enabled: true,
        windowMinutes,
        frequencyMinutes: 1,
        conditions: [{ ...perPeer, ...condition }],
        groups: [],
      };
      expect(fired(alert, { BgpPeerStatus: given })).to.deep.equal(sets);
    });
});

async function anyResource() {
  const [resource] = (await devStack()).recording.resources;
  if (resource === undefined) throw new Error("dev has no resources");
  return resource;
}
