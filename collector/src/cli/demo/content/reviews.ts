// Pull requests that a review bot reads, with the remarks it makes. The team's handbook is long and the same each time, so it is cached.

export interface Review {
  readonly title: string
  readonly diff: string
  readonly remark: string
}

const RULES = [
  'Errors carry a stable code and say what to do next.',
  'A handler validates its input once, at the edge, and trusts it afterwards.',
  'Money is an integer of minor units; a float never holds a price.',
  'Each queue, cache and retry has a bound that is named in the code.',
  'A migration can be applied while the old version is still running.',
  'Log lines hold ids, never e-mail addresses, tokens or message bodies.',
  'A test name is a sentence about behaviour; a test that cannot fail is deleted.',
  'Public functions say which errors they throw.',
  'Feature flags have an owner and a date on which they are removed.',
  'A new dependency needs a sentence on why the standard library is not enough.',
]

/** About as long as a real handbook; the point of caching it. */
export const HANDBOOK = `You review pull requests for the payments team. Follow the handbook.\n${RULES.map(
  (rule, index) =>
    `${index + 1}. ${rule} Explain the reason in one clause, quote the line, and propose the smallest change that fixes it.`,
).join('\n')}`

export const REVIEWS: readonly Review[] = [
  {
    title: 'Retry card authorisations on timeout',
    diff: '+  while (true) {\n+    const result = await authorise(card, amount)\n+    if (result.ok) return result\n+    await sleep(200)\n+  }',
    remark:
      'Rule 4: this retries for ever, and a timeout may hide a payment that went through. Bound it to three attempts and send the same idempotency key each time:\n\n```ts\nfor (let attempt = 1; attempt <= MAX_AUTH_ATTEMPTS; attempt += 1) { … }\n```',
  },
  {
    title: 'Show the refund total on the dashboard',
    diff: '+const total = refunds.reduce((sum, r) => sum + parseFloat(r.amount), 0)\n+return total.toFixed(2) + " EUR"',
    remark:
      'Rule 3: `parseFloat` on money drifts; 0.1 + 0.2 will show up in a report one day. Add `amountMinor` as integers and format once at the end.',
  },
  {
    title: 'Log failed webhooks',
    diff: '+log.warn({ body: request.body, headers: request.headers }, "webhook failed")',
    remark:
      'Rule 6: the headers hold the signature and the body holds customer data. Log `event_id`, `status` and `attempt` instead.',
  },
  {
    title: 'Drop column legacy_iban',
    diff: '+ALTER TABLE payouts DROP COLUMN legacy_iban;',
    remark:
      'Rule 5: the running version still selects this column. Ship the code that stops reading it first, then drop the column in the next release. Otherwise this looks good.',
  },
]
