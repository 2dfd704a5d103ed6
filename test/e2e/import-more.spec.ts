import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { encodeGbk } from '../fakes/telcrm/gbk.ts'
import { zipOf } from '../imports/zip-parts.ts'
import { expect, test } from './app-fixture.ts'

async function openImport(page: Page): Promise<void> {
  await page.getByTestId('nav-directory').click()
  await page.getByTestId('directory-import').click()
}

/** A workbook as a spreadsheet writes it: names of its sheets, and their rows. */
function workbookOf(sheets: Record<string, (string | number)[][]>): Buffer {
  const names = Object.keys(sheets)
  const cell = (value: string | number, at: number, row: number) => {
    const place = `${String.fromCharCode(65 + at)}${row}`
    return typeof value === 'number'
      ? `<c r="${place}"><v>${value}</v></c>`
      : `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
  }
  const list = names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}" xmlns:r="r"/>`)
  const targets = names.map((_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`)
  return zipOf([
    { name: 'xl/workbook.xml', data: `<workbook><sheets>${list.join('')}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', data: `<Relationships>${targets.join('')}</Relationships>` },
    ...Object.values(sheets).map((rows, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      data: `<worksheet><sheetData>${rows
        .map((cells, row) => `<row r="${row + 1}">${cells.map((one, to) => cell(one, to, row + 1)).join('')}</row>`)
        .join('')}</sheetData></worksheet>`,
    })),
  ])
}

test('a dropped workbook: its second sheet into the directory, and all of it taken back', async ({ desk }) => {
  const rows = desk.getByTestId('directory-row')
  await desk.getByTestId('nav-directory').click()
  await desk.getByTestId('directory-new').click()
  await desk.getByTestId('person-name').fill('李工')
  await desk.getByTestId('person-company').fill('重庆长江物流')
  await desk.getByTestId('person-number').fill('13500000002')
  await desk.getByTestId('person-note').fill('周三以后再打')
  await desk.getByTestId('person-save').click()
  await expect(desk.getByTestId('person-card')).toContainText('135 0000 0002')

  await desk.getByTestId('directory-import').click()
  const book = workbookOf({
    说明: [['请看第二张表'], ['谢谢']],
    客户: [
      ['姓名', '手机', '公司', '备注'],
      ['李建国', 13500000002, '深圳华强电子', '老客户'],
      ['郭静', '0755-28000123', '', ''],
      ['王芳', 13800000417, '广州天河贸易', ''],
    ],
  })
  const dataTransfer = await desk.evaluateHandle((base64) => {
    const data = new DataTransfer()
    data.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], '客户.xlsx'))
    return data
  }, book.toString('base64'))
  for (const kind of ['dragover', 'drop']) await desk.getByTestId('import-drop').dispatchEvent(kind, { dataTransfer })

  await expect(desk.getByTestId('import-preview')).toContainText('请看第二张表')
  await desk.getByTestId('import-sheet').selectOption('客户')
  await expect(desk.getByTestId('import-preview')).toContainText('13800000417')
  await expect(desk.getByTestId('import-column-2')).toHaveValue('company')
  await desk.getByText('本机通讯录', { exact: true }).click()
  await desk.getByTestId('import-check').click()
  await expect(desk.getByTestId('import-group-known')).toContainText('李工')
  await desk.getByTestId('import-all-overwrite').click()
  await expect(desk.getByTestId('import-all-overwrite')).toHaveCount(0)
  await desk.getByTestId('import-start').click()
  const result = desk.getByTestId('import-result')
  await expect(result).toHaveAttribute('data-state', 'done')
  await expect(desk.getByTestId('import-count-created')).toHaveAttribute('data-count', '2')
  await expect(desk.getByTestId('import-count-overwritten')).toHaveAttribute('data-count', '1')

  await desk.getByTestId('nav-directory').click()
  await desk.getByTestId('directory-kind-person').click()
  await expect(rows).toHaveCount(3)
  await rows.filter({ hasText: '李建国' }).click()
  const card = desk.getByTestId('person-card')
  await expect(card).toContainText('深圳华强电子')

  await desk.getByTestId('directory-import').click()
  await desk.getByTestId('import-undo').click()
  await desk.getByTestId('import-undo-confirm').click()
  await expect(result).toHaveAttribute('data-undo', 'done')
  await desk.getByTestId('nav-directory').click()
  await desk.getByTestId('directory-kind-person').click()
  await expect(rows).toHaveCount(1)
  await rows.click()
  await expect(card.getByRole('heading').first()).toHaveText('李工')
  await expect(card).toContainText('重庆长江物流')
  await expect(card).toContainText('周三以后再打')
  await expect(card).not.toContainText('老客户')
})

test.describe('into a slow PBX', () => {
  test.use({ settings: { imports: { requestBytes: 1000 } } })

  test('GB18030, a column said by hand; paused, resumed, cancelled; the next file is read the same way', async ({
    desk,
    fake,
  }) => {
    const heading = '客户,手机,备用,备注'
    // A name that GBK cannot write: four bytes of GB18030.
    const rare = Buffer.from([0x81, 0x39, 0xef, 0x31])
    const more = Array.from({ length: 30 }, (_, at) => `王芳${at},138000004${at + 10},,`)
    const file = Buffer.concat([
      encodeGbk(`${heading}\r\n李`),
      rare,
      encodeGbk(`,13500000002,075528000123,深圳\r\n${more.join('\r\n')}\r\n`),
    ])
    await openImport(desk)
    await desk.getByTestId('import-file').setInputFiles({ name: '老客户.csv', mimeType: 'text/csv', buffer: file })
    await expect(desk.getByTestId('import-encoding')).toHaveValue('gb18030')
    await expect(desk.getByTestId('import-preview')).toContainText('李㐂')
    const spare = desk.getByTestId('import-column-2')
    await expect(spare).not.toHaveValue('work')
    await expect(desk.getByTestId('import-remembered')).toHaveCount(0)
    await spare.selectOption('work')
    await desk.getByRole('radiogroup', { name: '导入到' }).getByText('话机系统', { exact: true }).click()
    await desk.getByTestId('import-check').click()
    await expect(desk.getByTestId('import-summary')).toHaveAttribute('data-ready', '31')

    const sent = () => fake.requests.filter(({ target }) => target.startsWith('/bridge/ContactsSrvlt')).length
    const progress = desk.getByTestId('import-progress')
    fake.fault('slow')
    await desk.getByTestId('import-start').click()
    await desk.getByTestId('import-pause').click()
    await expect(progress).toHaveAttribute('data-state', 'paused')
    // Paused is said when the request that was on its way is answered and counted, not before.
    const { contacts } = fake.state.customerBase
    expect(await progress.getAttribute('data-done')).toBe(String(contacts.length))
    const before = sent()
    await desk.waitForTimeout(400)
    expect(sent()).toBe(before)
    expect(before).toBeLessThan(3)
    await desk.getByTestId('import-resume').click()
    await expect.poll(sent).toBeGreaterThan(before)
    await desk.getByTestId('import-cancel').click()
    await expect(desk.getByTestId('import-result')).toHaveAttribute('data-state', 'cancelled')
    fake.fault(null)

    expect(contacts[0]).toMatchObject({
      cname: '李㐂',
      details: [
        { tid: 1, cvalue: '13500000002' },
        { tid: 2, cvalue: '075528000123' },
      ],
    })
    const [download] = await Promise.all([desk.waitForEvent('download'), desk.getByTestId('import-report').click()])
    const waiting = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
      .filter((line) => line.endsWith('导入取消时还没有处理'))
    // Every row is either with the PBX or in the report, none in both.
    expect(waiting).toEqual(more.slice(contacts.length - 1).map((row) => `${row},导入取消时还没有处理`))
    expect(waiting.length).toBeGreaterThan(10)

    await desk.getByTestId('import-next').click()
    const next = encodeGbk(`${heading}\r\n郭静,13900000001,,\r\n`)
    await desk.getByTestId('import-file').setInputFiles({ name: '新客户.csv', mimeType: 'text/csv', buffer: next })
    await expect(desk.getByTestId('import-remembered')).toBeVisible()
    await expect(spare).toHaveValue('work')
  })
})
