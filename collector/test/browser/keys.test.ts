// Pages of a collector that asks for keys: what opens them, and scores that people give there, by no key that only reads.
import { beforeAll, expect, it } from 'vitest'
import { eventually } from '../collector-process.ts'
import { storedSpans } from '../stored.ts'
import { describeInBrowser, expectAccessible, quiet, useBrowser } from './browser.ts'

const TRACE = 'a'.repeat(32)
const SPAN = '1'.repeat(16)
const [ADMIN, READER] = ['key-of-an-admin-1', 'key-of-a-reader-1']

const TRACES = JSON.stringify({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              ...{ traceId: TRACE, spanId: SPAN, name: 'answer', kind: 3, status: {} },
              startTimeUnixNano: `${Date.now() - 5_000}000000`,
              endTimeUnixNano: `${Date.now() - 4_000}000000`,
              attributes: [{ key: 'gen_ai.operation.name', value: { stringValue: 'chat' } }],
            },
          ],
        },
      ],
    },
  ],
})

describeInBrowser('a collector that asks for keys', () => {
  const browser = useBrowser(0, {
    INSIGHTS_AUTH: 'keys',
    INSIGHTS_RETENTION: 'shop:30',
    INSIGHTS_REDACT: '{"*":{"rules":["email"],"fields":{"user.ssn":"drop"}}}',
    INSIGHTS_API_KEYS: `shop:secret-of-shop,shop/ingest+read+admin:${ADMIN},shop/read:${READER}`,
  })
  const request = (method: string, path: string, body?: object) =>
    fetch(browser().collector.doors.api + path, {
      method,
      headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const open = async (path: string, key: string) => {
    const opened = await browser().open('/start')
    await opened.page.getByLabel('Key', { exact: true }).fill(key)
    await opened.page.keyboard.press('Enter')
    await opened.page.getByText('Project shop').waitFor()
    await opened.page.goto(browser().collector.doors.api + path)
    await quiet(opened.page)
    // the first answer of a collector that asks for a key is a 401
    opened.faults.length = 0
    return opened
  }
  beforeAll(async () => {
    const sent = await fetch(`${browser().collector.doors.http}/v1/traces`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' },
      body: TRACES,
    })
    expect(sent.status).toBe(200)
    await storedSpans(browser().collector, TRACE)
    const stars = await request('PUT', '/api/v1/score-configs/stars', { type: 'numeric', min: 1, max: 5 })
    const tone = { type: 'categorical', categories: ['kind', 'curt'] }
    expect([stars.status, (await request('PUT', '/api/v1/score-configs/tone', tone)).status]).toEqual([200, 200])
  })

  it('is opened by a key that stays in the tab and out of the URL', async () => {
    const { page } = await browser().open('/traces')
    await page.getByRole('heading', { name: 'A key is needed' }).waitFor()
    await page.getByLabel('Key', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('does not know this key').waitFor()
    await page.getByLabel('Key', { exact: true }).fill('secret-of-shop')
    await page.keyboard.press('Enter')
    await page.getByText('Project shop').waitFor()
    expect(page.url()).not.toContain('secret')
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('secret')
    await page.reload()
    await quiet(page)
    expect(await page.innerText('.nav-foot')).toContain('Project shop')
  })

  it('takes a score of a span by keyboard alone, within its bounds, and is in view at once', async () => {
    const { page, faults } = await open(`/traces/${TRACE}`, ADMIN)
    await page.keyboard.press('e')
    const form = page.getByRole('form', { name: 'Score the span' })
    await form.waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('score-name')
    await page.keyboard.type('stars')
    await page.keyboard.press('Tab')
    await page.keyboard.type('7')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('alert').innerText()).toContain('it must be 1 to 5')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('4')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Short and **right**')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Ada')
    await page.keyboard.press('Enter')
    const list = page.locator('#span-pane .events')
    await expect.poll(() => list.innerText()).toMatch(/stars\s*4\s*human by Ada[\s\S]*Short and right/)
    await expectAccessible(page)
    const stored = await eventually('the score in the store', async () => {
      const answer = (await (await request('GET', `/api/v1/scores?trace_id=${TRACE}`)).json()) as {
        data: { name: string; value: number; span_id: string; source: string; author: string }[]
      }
      return answer.data[0]
    })
    expect(stored).toMatchObject({ name: 'stars', value: 4, span_id: SPAN, source: 'human', author: 'Ada' })
    expect(faults).toEqual([])
  })

  it('takes a score of a trace with the categories that the project has, and gives it back', async () => {
    const { page, faults } = await open(`/traces/${TRACE}`, ADMIN)
    await page.keyboard.press('E')
    const dialog = page.getByRole('dialog', { name: 'Scores of the trace' })
    await dialog.getByLabel('Name', { exact: true }).fill('tone')
    await dialog.getByLabel('kind', { exact: true }).press('Space')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Give the score' }).press('Enter')
    const list = dialog.locator('.events')
    await expect.poll(() => list.innerText()).toMatch(/tone\s*kind/)
    await eventually('the score in the store', async () => {
      const { data } = (await (await request('GET', `/api/v1/scores?trace_id=${TRACE}&name=tone`)).json()) as {
        data: object[]
      }
      return data[0]
    })
    await dialog.getByRole('button', { name: 'Take back … tone' }).press('Enter')
    await dialog.getByRole('button', { name: 'Take it back for good tone' }).press('Enter')
    await dialog.getByText('Nobody has judged this trace').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(faults).toEqual([])
  })

  it('offers no form for scores to a key that only reads, and says why', async () => {
    const { page } = await open(`/traces/${TRACE}?pane=scores`, READER)
    expect(await page.innerText('#span-pane')).toMatch(/This key only reads[\s\S]*ingest/)
    expect(await page.getByRole('button', { name: 'Give the score' }).count()).toBe(0)
  })

  it('tells what is kept and what is taken out, makes and revokes keys, and says what scores may be', async () => {
    const { page, faults } = await open('/settings', ADMIN)
    expect(await page.innerText('#main')).toMatch(
      /Spans are kept\s*30 days[\s\S]*rule\s*email\s*mask[\s\S]*field\s*user\.ssn\s*drop/,
    )
    await page.getByText('How to change it').first().click()
    expect(await page.getByRole('region', { name: 'retention in insights.yaml' }).innerText()).toBe(
      'retention:\n  shop: 30',
    )
    await page.getByLabel('Name of the new key').fill('checkout')
    await page.keyboard.press('Enter')
    const key = (await page.getByRole('region', { name: 'new key' }).innerText()).trim()
    const asks = async () =>
      (await fetch(`${browser().collector.doors.api}/api/v1/traces`, { headers: { 'x-api-key': key } })).status
    expect(await asks()).toBe(200)
    const names = page.getByRole('region', { name: 'Names of scores' })
    await names.getByLabel('Name of the score').fill('mood')
    await names.getByLabel('Its values').selectOption('categorical')
    await names.getByLabel('Categories, by commas').fill('calm, cross')
    await page.keyboard.press('Enter')
    await expect.poll(() => names.innerText()).toMatch(/mood\s*calm, cross/)
    await expectAccessible(page)
    await names.getByRole('button', { name: 'Any value again for mood' }).press('Enter')
    await expect.poll(() => names.innerText()).not.toContain('mood')
    await page.getByRole('button', { name: 'Revoke … checkout' }).press('Enter')
    await page.getByRole('button', { name: 'Revoke for good checkout' }).press('Enter')
    await page.getByText('revoked', { exact: true }).waitFor()
    expect(await asks()).toBe(401)
    expect(faults).toEqual([])
  })
})
