// Pages by keyboard alone: what has the focus is seen, what opens takes it, keeps it and gives it back, and the help names every key.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { KEYS } from '../../dashboard/src/key-list.ts'
import { describeInBrowser, quiet, useBrowser } from './browser.ts'

/** Of the page in view: what has the focus, and whether that can be seen. */
const FOCUS = `(() => {
  const focused = document.activeElement
  const { outlineStyle, outlineWidth } = getComputedStyle(focused)
  // of a tree it is the chosen row that is marked
  const isSeen = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || focused.matches('[role=tree]')
  const { width, height } = focused.getBoundingClientRect()
  return {
    name: focused.tagName + ' ' + (focused.getAttribute('aria-label') || focused.textContent || focused.id).trim().slice(0, 40),
    isSeen: isSeen && width > 0 && height > 0,
    isBody: focused === document.body,
    isInDialog: focused.closest('dialog') !== null,
    isInPopover: focused.closest('.popover-panel') !== null,
  }
})()`

interface Focus {
  name: string
  isSeen: boolean
  isBody: boolean
  isInDialog: boolean
  isInPopover: boolean
}

const focusOf = async (page: Page): Promise<Focus> => (await page.evaluate(FOCUS)) as Focus

const MAX_STOPS = 45

describeInBrowser('by keyboard alone', () => {
  const browser = useBrowser(30)

  it('every stop of the tab key is seen', async () => {
    const { page } = await browser().open('/traces')
    for (const path of ['/traces', '/prices?find=gpt-4o-mini', '/sql', '/']) {
      await page.goto(browser().collector.doors.api + path)
      await quiet(page)
      const unseen: string[] = []
      const stops = new Set<string>()
      for (let stop = 0; stop < MAX_STOPS; stop++) {
        await page.keyboard.press('Tab')
        const { name, isSeen, isBody } = await focusOf(page)
        if (isBody) break
        stops.add(name)
        if (!isSeen) unseen.push(name)
      }
      expect([path, unseen]).toEqual([path, []])
      expect(stops.size).toBeGreaterThan(20)
    }
  })

  it('the help names every key, keeps the focus, and gives it back', async () => {
    const { page } = await browser().open('/traces')
    const live = page.getByRole('button', { name: 'Live', exact: true })
    await live.focus()
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keys' })
    await dialog.waitFor()
    const named = await dialog.locator('dt').allInnerTexts()
    expect(named.map((name) => name.trim())).toEqual(KEYS.map(({ shown }) => shown))
    for (let stop = 0; stop < 5; stop++) {
      await page.keyboard.press('Tab')
      const { isInDialog, isBody } = await focusOf(page)
      expect(isInDialog || isBody).toBe(true)
    }
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await focusOf(page)).name).toBe('BUTTON Live')
  })

  it('a menu takes the focus and gives it back, and so do a span and the scores of a trace', async () => {
    const { page, faults } = await browser().open('/traces')
    const columns = page.getByRole('button', { name: 'Columns' })
    await columns.focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await focusOf(page)).isInPopover).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await focusOf(page)).name).toBe('BUTTON Columns')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/traces\/[0-9a-f]{32}/)
    await quiet(page)
    await page.getByRole('tree').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('span-pane')
    await page.keyboard.press('e')
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('score-name')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('span-pane')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('role')")).toBe('tree')
    expect(await page.locator('#span-pane').count()).toBe(0)
    await page.keyboard.press('E')
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('score-name')
    expect((await focusOf(page)).isInDialog).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('role')")).toBe('tree')
    expect(faults).toEqual([])
  })
})
