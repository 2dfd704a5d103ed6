import { readFileSync, rmSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { FakeTelcrm } from '../fakes/telcrm/index.ts'
import { expect, settingsFor, startApp, test } from './app-fixture.ts'

async function openImport(page: Page): Promise<void> {
  await page.getByTestId('nav-directory').click()
  await page.getByTestId('directory-import').click()
  await page.getByTestId('import-choose').waitFor()
}
const chosen = (page: Page, name: string, text: string) =>
  page.getByTestId('import-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const numbersAt = (fake: FakeTelcrm) =>
  fake.state.customerBase.contacts.flatMap(({ details }) => details.map(({ cvalue }) => cvalue))
const count = (page: Page, what: string) => page.getByTestId(`import-count-${what}`)

async function reportOf(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('import-report').click()])
  return readFileSync(await download.path(), 'utf8')
}

test('cells copied in Excel, under the headings of the PBX’s own template', async ({ desk, fake }) => {
  await openImport(desk)
  // Excel offers a picture of the cells as well, and marks a cell that holds a tab or a line end by quotation marks.
  await desk.evaluate(() => {
    const data = new DataTransfer()
    const heading = '客户名称\t1:电话:1:手机\t2:电话:2:固话\t6:即时信息:14:QQ\t7:备注:31:来源\r\n'
    data.setData(
      'text/plain',
      `${heading}李建国\t13500000002\t\t1234567\t"展会\n""周一"""\r\n王芳\t\t075528000123\t\t\r\n`,
    )
    data.setData('text/html', '<table><tr><td>李建国</td></tr></table>')
    data.items.add(new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47])], 'image.png', { type: 'image/png' }))
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  })
  await expect(desk.getByTestId('import-preview')).toContainText('王芳')
  for (const [at, field] of ['name', 'mobile', 'work', 'field:14', 'field:31'].entries())
    await expect(desk.getByTestId(`import-column-${at}`)).toHaveValue(field)
  await desk.getByTestId('import-check').click()
  await expect(desk.getByTestId('import-summary')).toHaveAttribute('data-ready', '2')
  await desk.getByTestId('import-start').click()
  await expect(desk.getByTestId('import-result')).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  expect(fake.state.customerBase.contacts.map(({ cname, details }) => [cname, ...details])).toEqual([
    ['李建国', { tid: 1, cvalue: '13500000002' }, { tid: 14, cvalue: '1234567' }, { tid: 31, cvalue: '展会\n"周一"' }],
    ['王芳', { tid: 2, cvalue: '075528000123' }],
  ])
})

test('what failed is put right in the report and imported again: everybody is there once', async ({ desk, fake }) => {
  fake.state.addContacts([{ cname: '老王', localuser: -1, gid: 1, details: [{ tid: 1, cvalue: '13900000099' }] }])
  await openImport(desk)
  await chosen(
    desk,
    '客户.csv',
    '姓名,手机,备注\n李建国,13500000002,=1+1\n林国栋,138,"要发票,急"\n老王,13900000099,\n郭静,13800000009,\n',
  )
  await desk.getByTestId('import-check').click()
  await expect(desk.getByTestId('import-summary')).toHaveAttribute('data-ready', '3')
  await desk.getByTestId('import-start').click()
  await expect(desk.getByTestId('import-result')).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  const report = await reportOf(desk)
  expect(report.trim().split('\r\n')).toHaveLength(3)
  await desk.getByTestId('import-next').click()

  const corrected = report.replace('林国栋,138,', '林国栋,13800138000,').replace('13900000099', '13900000001')
  expect(corrected).not.toBe(report)
  await chosen(desk, '未导入.csv', corrected)
  await expect(desk.getByTestId('import-column-3')).toHaveValue('reason')
  await desk.getByTestId('import-check').click()
  await expect(desk.getByTestId('import-summary')).toHaveAttribute('data-ready', '2')
  await desk.getByTestId('import-start').click()
  await expect(desk.getByTestId('import-result')).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  await expect(count(desk, 'sent')).toHaveAttribute('data-count', '2')
  await expect(desk.getByTestId('import-report')).toBeDisabled()
  expect([...numbersAt(fake)].sort()).toEqual(
    ['13500000002', '13800000009', '13800138000', '13900000001', '13900000099'].sort(),
  )

  await desk.getByTestId('nav-directory').click()
  await desk.getByTestId('directory-search').fill('林国栋')
  await desk.getByTestId('directory-row').filter({ hasText: '林国栋' }).click()
  await expect(desk.getByTestId('person-card')).toContainText('要发票,急')
  await expect(desk.getByTestId('person-card')).not.toContainText('原因')
})

test('killed in the middle: after the restart the page shows it going on, and its report is right', async ({
  fake,
  page,
}) => {
  test.setTimeout(90_000)
  const rows = Array.from({ length: 40 }, (_, at) => `客户${at},139000000${at + 10},`)
  const known = ['13900000045', '13900000048']
  fake.state.addContacts(
    known.map((cvalue) => ({ cname: '已有', localuser: -1, gid: 1, details: [{ tid: 1, cvalue }] })),
  )
  const settings = settingsFor(fake, { imports: { requestBytes: 1000 } })
  const first = await startApp({ settings })
  await page.goto(first.url)
  await openImport(page)
  await chosen(page, '客户.csv', `姓名,手机,备注\n${rows.join('\n')}\n坏号码,12,\n`)
  await page.getByTestId('import-check').click()
  await expect(page.getByTestId('import-summary')).toHaveAttribute('data-ready', '40')
  fake.fault('slow')
  await page.getByTestId('import-start').click()
  await expect.poll(() => fake.state.customerBase.contacts.length).toBeGreaterThan(known.length)
  // The PBX does the next ones, and their answer does not come before the program dies.
  fake.fault(null)
  fake.fault('silence')
  const before = fake.state.customerBase.contacts.length
  await expect.poll(() => fake.state.customerBase.contacts.length).toBeGreaterThan(before)
  await first.stop('SIGKILL')
  const taken = fake.state.customerBase.contacts.length
  expect(taken).toBeLessThan(40)
  fake.fault(null)

  const second = await startApp({ settings, dataDir: first.dataDir })
  await page.goto(second.url)
  await page.getByTestId('nav-directory').click()
  await page.getByTestId('directory-import').click()
  // Shown at once while it goes on; among the recent ones when it was quicker than this page.
  const open = page.getByTestId('import-recent').getByRole('button')
  const result = page.getByTestId('import-result')
  await expect(page.getByTestId('import-progress').or(result).or(open)).toBeVisible()
  if (await open.isVisible()) await open.click()
  await expect(result).toHaveAttribute('data-state', 'done', { timeout: 30_000 })

  const numbers = numbersAt(fake)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers).toHaveLength(40)
  await expect(count(page, 'created')).toHaveAttribute('data-count', '40')
  const report = (await reportOf(page)).trim().split('\r\n').slice(1)
  const said = (words: string) => report.filter((line) => line.includes(words))
  // Those that stand in the report are those that the PBX had, the one that was never sent, and those whose answer was lost.
  for (const number of known) expect(said(number)).toEqual([expect.stringContaining('话机系统里已有这个号码')])
  expect(said('坏号码')).toHaveLength(1)
  const uncertain = report.filter((line) => ![...known, '坏号码'].some((one) => line.includes(one)))
  expect(uncertain.length).toBeGreaterThan(0)
  const sent = Number(await count(page, 'sent').getAttribute('data-count'))
  expect(sent + known.length + uncertain.length).toBe(40)
  await second.stop()
  rmSync(second.dataDir, { recursive: true, force: true })
})
