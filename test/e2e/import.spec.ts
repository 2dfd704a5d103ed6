import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './app-fixture.ts'

const rows = [
  '姓名,手机,公司,备注',
  '李建国,13500000002,深圳华强电子,老客户',
  '郭静,75528000123,,',
  '林国栋,1380013800,,',
  ',13800000009,广州天河贸易,',
  '=SUM(1),13800000010,,',
  '重复,135 0000 0002,,',
  ',,,',
  '已有,13900000099,,',
]

const file = (name: string, text: string | Buffer) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

async function openImport(page: Page): Promise<void> {
  await page.getByTestId('nav-directory').click()
  await page.getByTestId('directory-import').click()
  await page.getByTestId('import-choose').waitFor()
}

test('from a file to the PBX: columns, findings put right, report, undo', async ({ desk, fake }) => {
  fake.state.addContacts([{ cname: '老王', localuser: -1, gid: 1, details: [{ tid: 1, cvalue: '13900000099' }] }])
  await openImport(desk)
  await desk.getByTestId('import-file').setInputFiles(file('客户.csv', `${rows.join('\r\n')}\r\n`))

  await expect(desk.getByTestId('import-preview')).toContainText('李建国')
  await expect(desk.getByTestId('import-column-0')).toHaveValue('name')
  await expect(desk.getByTestId('import-column-1')).toHaveValue('mobile')
  await expect(desk.getByTestId('import-encoding')).toHaveValue('utf-8')
  await desk.getByTestId('import-check').click()

  const summary = desk.getByTestId('import-summary')
  await expect(summary).toHaveAttribute('data-ready', '3')
  await desk.getByTestId('import-take-bad-number').click()
  await expect(summary).toHaveAttribute('data-ready', '4')
  await desk.getByTestId('import-take-no-name').click()
  await expect(summary).toHaveAttribute('data-ready', '5')
  const bad = desk.getByTestId('import-group-bad-number').getByTestId('import-correction')
  await bad.fill('13800138000')
  await bad.press('Enter')
  await expect(summary).toHaveAttribute('data-ready', '6')
  await expect(desk.getByTestId('import-group-twice')).toContainText('2')

  await desk.getByTestId('import-start').click()
  const result = desk.getByTestId('import-result')
  await expect(result).toHaveAttribute('data-state', 'done', { timeout: 20_000 })
  await expect(desk.getByTestId('import-count-created')).toHaveAttribute('data-count', '6')
  await expect(desk.getByTestId('import-count-sent')).toHaveAttribute('data-count', '5')
  await expect(desk.getByTestId('import-count-duplicate')).toHaveAttribute('data-count', '1')
  const numbers = fake.state.customerBase.contacts.flatMap(({ details }) => details.map(({ cvalue }) => cvalue))
  expect([...numbers].sort()).toEqual(
    ['075528000123', '13500000002', '13800000009', '13800000010', '13800138000', '13900000099'].sort(),
  )

  const [download] = await Promise.all([desk.waitForEvent('download'), desk.getByTestId('import-report').click()])
  const report = readFileSync(await download.path(), 'utf8')
  expect(report).toContain('姓名,手机,公司,备注,导入失败原因')
  expect(report).toContain('已有,13900000099,,,话机系统里已有这个号码')
  expect(report).toContain('与文件第2行号码相同')

  await desk.getByTestId('import-undo').click()
  await desk.getByTestId('import-undo-confirm').click()
  await expect(result).toHaveAttribute('data-undo', 'done')
  await desk.getByTestId('import-next').click()

  // The report is a file that can be imported again; its reasons are not data.
  await desk.getByTestId('import-file').setInputFiles(file('未导入.csv', report))
  await expect(desk.getByTestId('import-column-4')).toHaveValue('reason')
  await desk.getByTestId('import-other-file').click()
  await expect(desk.getByTestId('import-recent')).toContainText('客户.csv')
})

test('files that cannot be read say what to do', async ({ desk }) => {
  await openImport(desk)
  const problem = desk.getByTestId('import-problem')
  await desk.getByTestId('import-file').setInputFiles(file('旧.xls', 'x'))
  await expect(problem).toContainText('另存为')
  await desk.getByTestId('import-file').setInputFiles(file('空.csv', ''))
  await expect(problem).toContainText('没有内容')
  await desk
    .getByTestId('import-file')
    .setInputFiles(file('图.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, ...Array(400).fill(1)])))
  await expect(problem).toContainText('不是表格')
  await desk.getByTestId('import-file').setInputFiles(file('坏.xlsx', Buffer.from('PK\u0003\u0004 nothing')))
  await expect(problem).toContainText('损坏')
  await desk.getByTestId('import-file').setInputFiles(file('引号.csv', '姓名,手机\n"李,13500000002\n'))
  await expect(problem).toContainText('引号')
})

test('opportunities, pasted; the answer of the PBX is lost', async ({ desk, fake }) => {
  await openImport(desk)
  await desk.getByText('商机', { exact: true }).click()
  await desk.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', '姓名\t电话\t产品\t商机描述\t金额\n王芳\t13800000417\t呼叫中心\t要报价\t1.2万\n')
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  })
  await expect(desk.getByTestId('import-delimiter')).toHaveValue('\t')
  await expect(desk.getByTestId('import-column-2')).toHaveValue('product')
  await desk.getByTestId('import-check').click()
  await expect(desk.getByTestId('import-summary')).toHaveAttribute('data-ready', '1')
  // The PBX does it and its answer is lost: asked again it says "known", which is most likely this import.
  fake.fault('reset')
  await desk.getByTestId('import-start').click()
  await expect(desk.getByTestId('import-progress').or(desk.getByTestId('import-result'))).toBeVisible()
  fake.fault(null)
  await expect(desk.getByTestId('import-result')).toHaveAttribute('data-state', 'done', { timeout: 30_000 })
  expect(fake.state.customerBase.preorders).toHaveLength(1)
})
