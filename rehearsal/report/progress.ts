export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** Says what is going on, on one line that is gone afterwards; says nothing where nobody watches. */
export function progressOn(stream: ProgressStream): { step(what: string): void; done(): void } {
  const width = Math.min(stream.columns ?? 80, 100) - 1;
  const line = (text: string) => {
    if (stream.isTTY === true) stream.write(`\r${text.slice(0, width).padEnd(width)}\r`);
  };
  return {
    step: (what) => {
      line(`… ${what}`);
    },
    done: () => {
      line("");
    },
  };
}
