import { execFileSync } from 'node:child_process'
import { logRow } from '../fakes/telcrm/index.ts'
import { cliFile, expect, test } from './app-fixture.ts'

test('a person is written down, found by pinyin, changed, deleted and brought back', async ({ desk }) => {
  await desk.getByTestId('nav-directory').click()
  await expect(desk.getByTestId('directory-new')).toBeVisible()
  await desk.keyboard.press('n')
  const form = desk.getByTestId('person-form')
  await form.getByTestId('person-name').fill('单建国')
  await form.getByTestId('person-company').fill('重庆长江物流')
  await form.getByTestId('person-number').fill('not a number')
  await form.getByTestId('person-save').click()
  await expect(form.getByTestId('person-failed')).toContainText('不像电话号码')
  await expect(form.getByTestId('person-number')).toBeFocused()
  await expect(form.getByTestId('person-name')).toHaveValue('单建国')
  await form.getByTestId('person-number').fill('1591982xxxx')
  await form.getByTestId('person-save').click()
  await expect(form.getByTestId('person-failed')).toContainText('隐藏')
  await form.getByTestId('person-number').fill('+86 139-1234-5678')
  await form.getByTestId('person-add-number').click()
  await form.getByTestId('person-number').nth(1).fill('13912345678')
  await form.getByTestId('person-save').click()
  await expect(form.getByTestId('person-failed')).toContainText('两次')
  await form.getByTestId('person-number').nth(1).fill('023-6300 0455 转 18')
  await form.getByTestId('person-save').click()

  const card = desk.getByTestId('person-card')
  await expect(card).toContainText('139 1234 5678')
  await expect(card).toContainText('转 18')
  await expect(card).toContainText('重庆')
  for (const typed of ['shanjg', 'cqcj', '0455', '长江 单']) {
    await desk.getByTestId('directory-search').fill(typed)
    await expect(desk.getByTestId('directory-row').first()).toContainText('单建国')
  }
  await desk.getByTestId('directory-search').fill('')

  await card.getByTestId('opportunity-new').click()
  await card.getByTestId('opportunity-product').fill('会议终端')
  await card.getByTestId('opportunity-amount').fill('a lot')
  await expect(card.getByTestId('opportunity-save')).toBeDisabled()
  await card.getByTestId('opportunity-amount').fill('186,000')
  await card.getByTestId('opportunity-save').click()
  await expect(card.getByTestId('person-opportunities')).toContainText('¥186,000')

  await card.getByTestId('person-remove').click()
  await expect(card).toHaveCount(0)
  await desk.getByTestId('directory-kind-person').click()
  await expect(desk.getByTestId('directory-row')).toHaveCount(0)
  await desk.getByRole('button', { name: '撤销' }).last().click()
  await expect(desk.getByTestId('person-card')).toContainText('会议终端')
})

test.describe('a person with two numbers', () => {
  // Called from the second one, an hour ago.
  test.beforeEach(({ fake }) => {
    const beginTime = Date.now() - 3_600_000
    const call = { caller: '075528000123', callee: '802', duration: 95, state: 'STATE_RECEIVED', cname: '' } as const
    fake.state.oldLog.push(logRow({ ...call, id: 7001, beginTime, record: '新线材要200条样品', recordVoice: '' }))
  })

  test('is changed with a note; older words of another page are not saved over it', async ({ desk, app }) => {
    await desk.getByTestId('nav-directory').click()
    await desk.getByTestId('directory-new').click()
    await desk.getByTestId('person-name').fill('李建国')
    await desk.getByTestId('person-number').fill('13500000002')
    await desk.getByTestId('person-save').click()
    const card = desk.getByTestId('person-card')
    await expect(card).toContainText('135 0000 0002')
    await expect(card).not.toContainText('新线材')

    const other = await desk.context().newPage()
    await other.goto(`${new URL(app.url).origin}/#/directory`)
    await other.getByTestId('directory-kind-person').click()
    await other.getByTestId('directory-row').filter({ hasText: '李建国' }).click()
    await other.getByTestId('person-edit').click()
    await other.getByTestId('person-note').fill('写在另一个窗口')

    await desk.getByTestId('person-edit').click()
    await desk.getByTestId('person-add-number').click()
    await desk.getByTestId('person-number').nth(1).fill('0755-28000123')
    await desk.getByTestId('person-note').fill('周三以后再打\n<b>要发票</b>')
    await desk.getByTestId('person-save').click()
    await expect(card).toContainText('周三以后再打')
    await expect(card).toContainText('<b>要发票</b>')
    await expect(card).toContainText('新线材要200条样品')

    await other.getByTestId('person-save').click()
    await expect(other.getByTestId('person-failed')).toContainText('刚被别处改过')
    await expect(other.getByTestId('person-note')).toHaveValue('写在另一个窗口')
    // Escape leaves the form only; opened anew, it is what the first page saved.
    await other.keyboard.press('Escape')
    await expect(other.getByTestId('person-card')).toContainText('周三以后再打')
    await other.getByTestId('person-edit').click()
    await expect(other.getByTestId('person-number').nth(1)).toHaveValue(/28000123/)
    await other.getByTestId('person-company').fill('深圳华强电子')
    await other.getByTestId('person-save').click()
    for (const page of [other, desk]) await expect(page.getByTestId('person-card')).toContainText('深圳华强电子')
    await expect(card).toContainText('周三以后再打')
  })
})

test.describe('a person with six numbers', () => {
  // Before the program starts: it reads the log at once then.
  test.beforeEach(({ fake }) => {
    const beginTime = Date.now() - 3_600_000
    const call = {
      callee: '802',
      duration: 95,
      state: 'STATE_RECEIVED',
      cname: '',
      recordVoice: '',
      beginTime,
    } as const
    fake.state.oldLog.push(
      logRow({ ...call, id: 7001, caller: '013500000002', record: '第一个号码' }),
      logRow({ ...call, id: 7002, caller: '013911112222', record: '第六个号码' }),
      logRow({ ...call, id: 7003, caller: '075528000123', record: '别人' }),
    )
  })

  test('the card has the calls of every number; all of them are the history of this person', async ({ desk }) => {
    const numbers = ['13500000002', '13500000003', '13500000004', '13500000005', '13500000006', '13911112222']
    await desk.getByTestId('nav-directory').click()
    await desk.getByTestId('directory-new').click()
    await desk.getByTestId('person-name').fill('李建国')
    for (const [at, number] of numbers.entries()) {
      if (at > 0) await desk.getByTestId('person-add-number').click()
      await desk.getByTestId('person-number').nth(at).fill(number)
    }
    await desk.getByTestId('person-save').click()
    const card = desk.getByTestId('person-card')
    for (const note of ['第一个号码', '第六个号码']) await expect(card).toContainText(note)
    await expect(card).not.toContainText('别人')

    await card.getByTestId('drawer-all-calls').click()
    const grid = desk.locator('#calls-grid')
    await expect(desk.getByTestId('bar-who')).toHaveText('李建国')
    for (const note of ['第一个号码', '第六个号码']) await expect(grid).toContainText(note)
    await expect(grid).not.toContainText('别人')
    await desk.getByTestId('bar-who').click()
    await desk.getByTestId('bar-who-any').click()
    await expect(grid).toContainText('别人')
    await expect(desk.getByTestId('bar-who')).toHaveCount(0)
  })
})

test('two people who are one are merged, and are two again', async ({ desk }) => {
  await desk.getByTestId('nav-directory').click()
  for (const [name, number] of [
    ['王芳', '13900000001'],
    ['王芳芳', '13900000001'],
  ] as const) {
    await desk.getByTestId('directory-new').click()
    await desk.getByTestId('person-name').fill(name)
    await desk.getByTestId('person-number').fill(number)
    if (name === '王芳芳') await expect(desk.getByTestId('person-known-number')).toContainText('王芳')
    await desk.getByTestId('person-save').click()
    await expect(desk.getByTestId('person-card')).toContainText('139 0000 0001')
  }
  await desk.getByTestId('directory-duplicates').click()
  await expect(desk.getByTestId('duplicate-set')).toHaveCount(1)
  await desk.getByTestId('duplicate-look').click()
  await expect(desk.getByRole('dialog')).toContainText('王芳芳')
  await desk.getByTestId('merge-do').click()
  await expect(desk.getByRole('dialog')).toContainText('没有重复')
  await desk.keyboard.press('Escape')
  await desk.getByTestId('directory-kind-person').click()
  await expect(desk.getByTestId('directory-row')).toHaveCount(1)
  await desk.getByRole('button', { name: '撤销' }).last().click()
  await expect(desk.getByTestId('directory-row')).toHaveCount(2)
})

test('a person goes to the PBX once; a number that it knows is explained', async ({ desk, fake }) => {
  await desk.getByTestId('nav-directory').click()
  const enter = async (name: string, number: string) => {
    await desk.getByTestId('directory-new').click()
    await desk.getByTestId('person-name').fill(name)
    await desk.getByTestId('person-number').fill(number)
    await desk.getByTestId('person-save').click()
    await expect(desk.getByTestId('person-card')).toContainText(name)
  }
  await enter('李建国', '13900000011')
  await desk.getByTestId('person-add-to-pbx').click()
  await expect(desk.getByTestId('person-card')).toContainText('话机系统里也有')
  await expect(desk.getByTestId('person-add-to-pbx')).toHaveCount(0)
  await enter('李建国（二）', '13900000011')
  await desk.getByTestId('person-add-to-pbx').click()
  await expect(desk.getByTestId('toast-error')).toContainText('483')
  expect(fake).toBeDefined()
})

test('arrows, Enter, slash and Escape are enough', async ({ desk }) => {
  await desk.getByTestId('nav-directory').click()
  await expect(desk.getByTestId('directory-row').first()).toBeVisible()
  await desk.keyboard.press('/')
  await expect(desk.getByTestId('directory-search')).toBeFocused()
  await desk.keyboard.press('ArrowDown')
  await expect(desk.getByTestId('person-card')).toBeVisible()
  const first = await desk.getByTestId('person-card').getByRole('heading').first().textContent()
  await desk.keyboard.press('ArrowDown')
  await expect(desk.getByTestId('person-card').getByRole('heading').first()).not.toHaveText(first ?? '')
  await desk.keyboard.press('Escape')
  await expect(desk.getByTestId('person-card')).toHaveCount(0)
})

test('contacts search on the command line finds them while the program runs', async ({ desk, app }) => {
  await desk.getByTestId('nav-directory').click()
  await expect(desk.getByTestId('directory-new')).toBeVisible()
  await desk.keyboard.press('n')
  await desk.getByTestId('person-name').fill('曾慧')
  await desk.getByTestId('person-number').fill('13912340000')
  await desk.getByTestId('person-save').click()
  await expect(desk.getByTestId('person-card')).toContainText('139 1234 0000')
  const ask = (...args: string[]) =>
    execFileSync(process.execPath, [cliFile, 'contacts', 'search', ...args, '--data-dir', app.dataDir], {
      encoding: 'utf8',
    })
  expect(JSON.parse(ask('zenghui', '--json'))).toMatchObject([
    { name: '曾慧', company: null, numbers: [{ number: '13912340000', display: '139 1234 0000', label: 'mobile' }] },
  ])
  expect(ask('zh')).toContain('曾慧')
  expect(JSON.parse(ask('nobody', '--json'))).toEqual([])
})
