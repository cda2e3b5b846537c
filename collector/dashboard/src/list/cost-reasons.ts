// Why a call has no cost, in words; codes as docs/pricing.md has them.

const REASONS: Readonly<Record<string, string>> = {
  no_usage: 'neither input nor output tokens are known',
  unknown_input_tokens: 'the input tokens are not known',
  unknown_output_tokens: 'the output tokens are not known',
  inconsistent_usage: 'parts of the usage exceed the total that they are part of',
  no_model: 'the span names no model',
  unknown_model: 'no price is known for this model',
  self_hosted: 'it runs on your own machines, and you gave it no price',
  unpriced_unit: 'it is billed in units that spans do not carry',
  unpriced_bucket: 'tokens of a kind for which the model has no rate',
  unpriced_tier: 'no price is published for this service tier',
  unknown_tier: 'nobody knows this service tier',
}

/** `unpriced_bucket:input_audio` names the bucket behind the code. */
export function costReason(code: string): string {
  const [name = '', detail] = code.split(':')
  const words = REASONS[name]
  if (words === undefined) return code
  return detail === undefined ? words : `${words} (${detail})`
}
