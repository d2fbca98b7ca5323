import { z } from "zod";
import { priceList, priceNames, priceUnits, type PriceList } from "./prices";

/** A file of prices that nobody could use, in one line with what to do. */
export class PricesError extends Error {
  override readonly name = "PricesError";
}

const amount = z.number().nonnegative();

const fileSchema = z.strictObject({
  date: z.string().regex(/^\d{4}-\d{2}$/, "write it as 2026-09"),
  currency: z.literal(priceList.currency),
  prices: z.array(
    z
      .strictObject({
        name: z.enum(priceNames),
        region: z.string().min(1),
        per: z.enum(priceUnits),
        low: amount,
        high: amount,
        source: z.string().min(1),
      })
      .refine(({ low, high }) => low <= high, { message: "low is above high" }),
  ),
});

/**
 * The prices of a file above our own: `{"date": "2026-11", "currency": "USD", "prices": [{"name": "AWS VPN connection",
 * "region": "eu-west-1", "per": "hour", "low": 0.05, "high": 0.05, "source": "our contract"}]}`.
 * Throws a PricesError with the first place that is wrong.
 */
export function pricesOf(text: string, file: string): PriceList {
  const parsed = fileSchema.safeParse(jsonOf(text, file));
  if (parsed.success) {
    const { date, currency, prices } = parsed.data;
    return {
      date: `${date} (${file}) and ${priceList.date}`,
      currency,
      prices: [...prices, ...priceList.prices],
    };
  }
  const [{ path, message } = { path: [], message: "" }] = parsed.error.issues;
  throw new PricesError(
    `${file}: ${path.join(".") || "the whole"} is wrong: ${message}; docs/report.md shows a file of prices`,
  );
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PricesError(`${file} is not JSON; docs/report.md shows a file of prices`);
  }
}
