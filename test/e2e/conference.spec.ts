import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, settingsFor, startApp } from './app-fixture.ts'
import { asked, card, customer, test } from './talking-call.ts'

const panel = (page: Page) => page.getByTestId('transfer-panel')
const failed = (page: Page) => panel(page).getByTestId('toast-error')

test('conference: made once, then joined; every answer of the PBX has its own sentence', async ({
  fake,
  desk,
  talking,
}) => {
  const input = desk.getByTestId('transfer-input')
  const open = async () => {
    await card(desk, talking).getByTestId('call-more').click()
    await desk.getByTestId('call-conference').click()
  }
  const refused = async (opt: string, code: number, words: string) => {
    const before = asked(fake, opt).length
    fake.refuse(code, { opt })
    await input.fill('')
    await input.fill('806')
    await desk.keyboard.press('Enter')
    await expect(failed(desk)).toContainText(words)
    expect(asked(fake, opt)).toHaveLength(before + 1)
  }
  await open()
  await expect(panel(desk)).toHaveAttribute('data-mode', 'invite')
  await refused('CONFERENCE_CREATE', 404, '没有邀请：找不到这个通话，不能开会议')
  await refused('CONFERENCE_CREATE', 486, '没有邀请：对方忙')
  await refused('CONFERENCE_CREATE', 503, '没有邀请：话机系统资源不足')
  await expect(card(desk, talking).getByTestId('conference-members')).toHaveCount(0)
  // A number outside, as it is typed anywhere else.
  await input.fill('138 0000 0417')
  await desk.getByTestId(/^transfer-number-/).click()
  await expect(desk.getByTestId('toast-done')).toContainText('已请 138 0000 0417 加入')
  expect(asked(fake, 'CONFERENCE_CREATE').at(-1)).toBe(
    `/bridge/callctrl?caller=${customer}&callee=802&target=13800000417&opt=CONFERENCE_CREATE`,
  )
  const members = card(desk, talking).getByTestId('conference-members')
  await expect(members).toContainText('已邀请1人')
  await expect(members.locator('[data-evidence=asked]')).toContainText('138 0000 0417')

  await open()
  await refused('CONFERENCE_JOIN', 404, '没有邀请：话机系统里没有这个会议')
  await refused('CONFERENCE_JOIN', 480, '没有邀请：会议还在建立')
  await refused('CONFERENCE_JOIN', 486, '没有邀请：对方忙')
  await refused('CONFERENCE_JOIN', 503, '没有邀请：话机系统资源不足')
  await input.fill('806')
  await desk.keyboard.press('Enter')
  await expect(members).toContainText('已邀请2人')
  expect(asked(fake, 'CONFERENCE_JOIN').at(-1)).toBe(
    `/bridge/callctrl?conferenceid=${customer}&target=806&opt=CONFERENCE_JOIN`,
  )
  await fake.hangup(talking)
  await expect(members).toHaveCount(0)
})

test('a conference that exists already (483) is joined in the same act; one that is gone is made again', async ({
  fake,
  desk,
  talking,
}) => {
  const { conferences } = fake.state.conversations
  const invite = async (whom: string) => {
    await card(desk, talking).getByTestId('call-more').click()
    await desk.getByTestId('call-conference').click()
    await desk.getByTestId('transfer-input').fill(whom)
    await desk.keyboard.press('Enter')
  }
  const sent = () => ['CONFERENCE_CREATE', 'CONFERENCE_JOIN'].map((opt) => asked(fake, opt).length)
  conferences.set(customer, { ready: true, members: [customer, '802', '805'] })
  await invite('806')
  await expect(desk.getByTestId('toast-done')).toContainText('已请 806 赵磊 加入')
  expect(sent()).toEqual([1, 1])
  conferences.delete(customer)
  await invite('801')
  await expect(failed(desk)).toContainText('没有邀请：话机系统里没有这个会议')
  expect(sent()).toEqual([1, 2])
  await desk.keyboard.press('Enter')
  await expect(panel(desk)).toHaveCount(0)
  expect(sent()).toEqual([2, 2])
  expect(conferences.get(customer)?.members).toEqual([customer, '802', '801'])
})

test('while somebody is being called in nobody is asked, and it is said why', async ({ fake, desk, talking }) => {
  fake.fault('silence', { opt: 'CONFERENCE_CREATE' })
  const input = desk.getByTestId('transfer-input')
  await card(desk, talking).getByTestId('call-more').click()
  await desk.getByTestId('call-conference').click()
  await input.fill('806')
  await desk.keyboard.press('Enter')
  await expect.poll(() => asked(fake, 'CONFERENCE_CREATE').length).toBe(1)
  await desk.keyboard.press('Escape')
  await desk.keyboard.press('c')
  await input.fill('805')
  await desk.keyboard.press('Enter')
  await expect(failed(desk)).toContainText('没有呼叫：正在邀请别人加入这个通话')
  expect(asked(fake, 'CALL_THIRD')).toEqual([])
})

test.describe('voice menus', () => {
  test.use({
    settings: {
      voiceMenus: [
        { id: 3, name: '总机菜单' },
        { id: 99, name: '旧菜单' },
      ],
    },
  })

  test('found in the transfer list by name or number; 404 and 483 are explained', async ({ fake, desk, talking }) => {
    await desk.keyboard.press('t')
    const input = desk.getByTestId('transfer-input')
    await input.fill('菜单')
    await expect(desk.locator('[data-testid^="transfer-menu-"]')).toHaveCount(2)
    await input.fill('99')
    await desk.keyboard.press('Enter')
    await expect(failed(desk)).toContainText('没有转到语音菜单：这个通话已结束，或话机系统里没有这个编号的菜单')
    await input.fill('总机')
    fake.refuse(483, { opt: 'TALKING_CALLER_TO_IVR' })
    await desk.keyboard.press('Enter')
    await expect(failed(desk)).toContainText('这两个号码之间有多个通话')
    await expect(card(desk, talking)).toHaveAttribute('data-state', 'talking')
    await desk.keyboard.press('Enter')
    await expect(desk.getByTestId('toast-done')).toContainText('已把135 0000 0002转到语音菜单 3 总机菜单')
    expect(asked(fake, 'TALKING_CALLER_TO_IVR').at(-1)).toBe(
      `/bridge/callctrl?caller=${customer}&callee=802&ivrid=3&opt=TALKING_CALLER_TO_IVR`,
    )
    expect(asked(fake, 'TALKING_CALLER_TO_IVR')).toHaveLength(3)
    expect(fake.state.calls.get(talking)?.menu).toBe(3)
  })
})

test('the list of menus is kept in the settings: added, changed, removed and taken back', async ({ desk, talking }) => {
  await desk.keyboard.press('t')
  await panel(desk).getByText('在设置里添加语音菜单').click()
  await expect(desk.getByTestId('settings-section-menus')).toHaveAttribute('aria-current', 'true')
  await desk.getByTestId('menu-add').click()
  await desk.getByTestId('menu-number').fill('0')
  await desk.getByTestId('menu-name').fill('满意度评价')
  await desk.keyboard.press('Enter')
  await expect(desk.getByRole('alert')).toContainText('编号是1到999999之间的整数')
  await desk.getByTestId('menu-number').fill('２０')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('menu-row-20')).toContainText('满意度评价')
  await desk.getByTestId('menu-add').click()
  await desk.getByTestId('menu-number').fill('20')
  await desk.getByTestId('menu-name').fill('又一个')
  await desk.keyboard.press('Enter')
  await expect(desk.getByRole('alert')).toContainText('编号20已经有了')
  await desk.keyboard.press('Escape')
  await desk.getByRole('button', { name: '修改满意度评价' }).click()
  await desk.getByTestId('menu-name').fill('评价')
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('menu-row-20')).toContainText('评价')
  await desk.getByRole('button', { name: '删除评价' }).click()
  await expect(desk.getByTestId('menu-row-20')).toHaveCount(0)
  await desk.getByRole('button', { name: '撤销' }).click()
  await expect(desk.getByTestId('menu-row-20')).toContainText('评价')
  await desk.getByTestId('nav-desk').click()
  await card(desk, talking).getByTestId('call-transfer').click()
  await desk.getByTestId('transfer-input').fill('评价')
  await expect(desk.getByTestId('transfer-menu-20')).toBeVisible()
})

test('menus that IT has locked cannot be changed here', async ({ fake, page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'frontbell-e2e-'))
  const policy = join(folder, 'policy.json')
  writeFileSync(
    policy,
    JSON.stringify({ values: { voiceMenus: [{ id: 7, name: '公司菜单' }] }, locked: ['voiceMenus'] }),
  )
  const app = await startApp({ settings: settingsFor(fake), env: { FRONTBELL_POLICY: policy } })
  try {
    await page.goto(app.url)
    await page.getByTestId('nav-settings').click()
    await page.getByTestId('settings-section-menus').click()
    await expect(page.getByTestId('menu-row-7')).toContainText('公司菜单')
    await expect(page.getByTestId('menu-add')).toHaveCount(0)
    await expect(page.getByText('由网管设定')).toBeVisible()
  } finally {
    await app.stop()
  }
})
