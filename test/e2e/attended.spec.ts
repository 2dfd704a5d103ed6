import { expect, startApp } from './app-fixture.ts'
import { buttons, consult, consultAnswered, hint, outcome, third, thirdIs } from './consulting.ts'
import { asked, card, customer, test } from './talking-call.ts'

test('C, a name, Enter: it rings, is answered, Enter puts through; each request once', async ({
  fake,
  desk,
  talking,
}) => {
  await desk.keyboard.press('c')
  await expect(desk.getByTestId('transfer-panel')).toHaveAttribute('data-mode', 'consult')
  await desk.keyboard.type('zl')
  await expect(desk.getByTestId('transfer-target-806')).toHaveAttribute('aria-selected', 'true')
  await desk.keyboard.press('Enter')
  await expect(card(desk, talking)).toHaveAttribute('data-transfer', 'consulting')
  await expect(card(desk, talking)).toContainText('客户正在听等待音乐')
  await expect(third(desk)).toContainText('赵磊')
  await expect(third(desk)).toHaveAttribute('data-third', 'ringing')
  await expect(hint(desk)).toContainText('现在转过去，客户会听到回铃声')
  await thirdIs(fake, 'answered')
  await expect(third(desk)).toHaveAttribute('data-third', 'answered')
  await expect(third(desk)).toContainText('与我通话')
  for (const button of buttons(desk)) await expect(button).toBeEnabled()
  await desk.keyboard.press('Enter')
  await expect(outcome(desk)).toHaveText(/已把 135 0000 0002 转给 赵磊/)
  await expect(desk.getByTestId('board-tile-806')).toHaveAttribute('data-state', 'talking')
  expect(asked(fake, 'CALL_THIRD')).toEqual(['/bridge/callctrl?callee=802&target=806&opt=CALL_THIRD'])
  expect(asked(fake, 'CALL_THIRD_TRANSFER')).toEqual(['/bridge/callctrl?callee=802&opt=CALL_THIRD_TRANSFER'])
  expect(fake.state.calls.get(talking)?.legs.at(-1)).toMatchObject({ extension: '806', state: 'talking' })
  const polls = asked(fake, 'CALL_THIRD_GET_THIRD_STATE')
  expect(polls.length).toBeGreaterThan(1)
  expect(new Set(polls)).toEqual(new Set(['/bridge/callctrl?callee=802&opt=CALL_THIRD_GET_THIRD_STATE']))
  // It is over: nobody asks any more.
  await desk.waitForTimeout(1500)
  expect(asked(fake, 'CALL_THIRD_GET_THIRD_STATE')).toHaveLength(polls.length)
})

test('back to the caller: by key, from another window, and when who was asked is busy', async ({
  fake,
  desk,
  talking,
  app,
}) => {
  test.setTimeout(90_000)
  await test.step('Escape goes back, and everything is as before', async () => {
    await consult(desk)
    await expect(third(desk)).toHaveAttribute('data-third', 'ringing')
    await desk.keyboard.press('Escape')
    await expect(outcome(desk)).toHaveText(/已回到 135 0000 0002/)
    await expect(card(desk, talking)).not.toHaveAttribute('data-transfer')
    await expect(card(desk, talking).getByTestId('call-consult')).toBeVisible()
    expect(asked(fake, 'CALL_THIRD_RESUME')).toEqual(['/bridge/callctrl?callee=802&opt=CALL_THIRD_RESUME'])
    expect(fake.state.conversations.thirdParties.size).toBe(0)
    await desk.getByRole('button', { name: '收起这条说明' }).click()
    await expect(outcome(desk)).toHaveCount(0)
  })
  await test.step('while somebody waits nothing else touches the call', async () => {
    await consult(desk)
    await expect(third(desk)).toHaveAttribute('data-third', 'ringing')
    await desk.keyboard.press('t')
    await desk.keyboard.press('h')
    await expect(desk.getByTestId('transfer-panel')).toHaveCount(0)
    await desk.getByTestId('board-tile-805').hover()
    await expect(desk.getByTestId('tile-transfer-805')).toHaveCount(0)
    expect(asked(fake, 'CLICK_TO_HUNGUP')).toEqual([])
    // Another window shows the same, and can do the same.
    const pop = await desk.context().newPage()
    await pop.goto(`${new URL(app.url).origin}/#/pop`)
    await expect(third(pop)).toHaveAttribute('data-third', 'ringing')
    await buttons(pop)[2].click()
    for (const page of [pop, desk]) await expect(outcome(page)).toHaveAttribute('data-outcome', 'back')
    expect(asked(fake, 'CALL_THIRD_RESUME')).toHaveLength(2)
    await expect(card(desk, talking)).toHaveAttribute('data-state', 'talking')
    await pop.close()
  })
  await test.step('refused or busy: the caller is not forgotten, back is the way on', async () => {
    fake.state.open('incoming', '13900000001', '806', '806', '3002')
    await consult(desk)
    await expect(third(desk)).toHaveAttribute('data-third', 'refused')
    await expect(hint(desk)).toContainText('赵磊忙或拒接，客户还在听音乐')
    const [putThrough, threeWay, back] = buttons(desk)
    await expect(putThrough).toBeDisabled()
    await expect(threeWay).toBeDisabled()
    await back.click()
    await expect(outcome(desk)).toHaveAttribute('data-outcome', 'back')
    await expect(card(desk, talking)).toHaveAttribute('data-state', 'talking')
  })
})

test('three-way: all talk, the card says who is in and how that is known', async ({ fake, desk, talking }) => {
  await consultAnswered(desk, fake)
  await desk.keyboard.press('3')
  await expect(outcome(desk)).toHaveText(/赵磊 和您已接成三方/)
  const members = card(desk, talking).getByTestId('conference-members')
  await expect(members).toContainText('会议，3方')
  await expect(members.locator('[data-evidence=answered]')).toContainText('赵磊')
  expect(asked(fake, 'CALL_THIRD_CONFERENCE')).toHaveLength(1)

  // One more joins the same conference; the PBX's answers to that have sentences of their own.
  const invite = async (whom: string) => {
    await card(desk, talking).getByTestId('call-more').click()
    await desk.getByTestId('call-conference').click()
    await desk.getByTestId('transfer-input').fill(whom)
    await desk.keyboard.press('Enter')
  }
  const failed = desk.getByTestId('transfer-panel').getByTestId('toast-error')
  const conference = fake.state.conversations.conferences.get(customer)
  if (!conference) throw new Error('no conference')
  conference.ready = false
  await invite('805')
  await expect(failed).toContainText('会议还在建立')
  conference.ready = true
  fake.state.conversations.mostMembers = 3
  await desk.keyboard.press('Enter')
  await expect(failed).toContainText('话机系统资源不足')
  fake.state.conversations.mostMembers = 6
  const other = fake.state.open('incoming', '13900000001', '805', '805', '3002')
  await desk.keyboard.press('Enter')
  await expect(failed).toContainText('对方忙，或已经在会议里')
  fake.state.end(other)
  await desk.keyboard.press('Enter')
  await expect(desk.getByTestId('toast-done')).toContainText('已请 805 陈静 加入')
  expect(asked(fake, 'CONFERENCE_JOIN').at(-1)).toBe(
    `/bridge/callctrl?conferenceid=${customer}&target=805&opt=CONFERENCE_JOIN`,
  )
  await expect(members).toContainText('会议，3方，已邀请1人')
  await expect(members.locator('[data-evidence=asked]')).toContainText('陈静')
  // What the board shows counts.
  const phone = fake.state.extensions.get('805')
  if (!phone) throw new Error('no 805')
  phone.state = 'BUSY_INCOMING'
  await expect(members.locator('[data-evidence=talking]')).toContainText('陈静')
  await expect(members).toContainText('会议，4方')
  phone.state = 'IDEL'
  await expect(members.locator('[data-evidence=left]')).toContainText('陈静')
  await expect(members).toContainText('会议，3方')
  fake.state.conversations.conferences.delete(customer)
  await invite('801')
  await expect(failed).toContainText('话机系统里没有这个会议')
})

test('the caller hangs up meanwhile: it is said, and nothing is sent', async ({ fake, desk, talking }) => {
  await consultAnswered(desk, fake)
  await fake.hangup(talking)
  await expect(outcome(desk)).toHaveAttribute('data-outcome', 'caller-left')
  await expect(outcome(desk)).toContainText('135 0000 0002 已挂断。您和 赵磊 可以接着说')
  for (const opt of ['CALL_THIRD_TRANSFER', 'CALL_THIRD_CONFERENCE', 'CALL_THIRD_RESUME', 'CLICK_TO_HUNGUP'])
    expect(asked(fake, opt)).toEqual([])
})

test('the third party is gone: after a second look the card says so, and back still works', async ({
  fake,
  desk,
  talking,
}) => {
  await consultAnswered(desk, fake)
  fake.state.conversations.thirdParties.clear()
  await expect(third(desk)).toHaveAttribute('data-third', 'gone')
  await expect(hint(desk)).toContainText('话机系统里已没有这次咨询')
  await buttons(desk)[2].click()
  await expect(outcome(desk)).toHaveAttribute('data-outcome', 'over')
  await expect(card(desk, talking).getByTestId('call-hangup')).toBeVisible()
})

test('missed polls: what is not known is said, and the buttons work by ear', async ({ fake, desk, talking }) => {
  await consultAnswered(desk, fake)
  fake.fault('cut', { opt: 'CALL_THIRD_GET_THIRD_STATE' })
  await expect(third(desk)).toHaveAttribute('data-third', 'unknown', { timeout: 15_000 })
  await expect(hint(desk)).toContainText('以您听到的为准')
  await buttons(desk)[0].click()
  await expect(outcome(desk)).toHaveAttribute('data-outcome', 'put-through')
  expect(asked(fake, 'CALL_THIRD_TRANSFER')).toHaveLength(1)
  expect(fake.state.calls.get(talking)?.legs.at(-1)?.extension).toBe('806')
})

test('Shift+Enter in the transfer list asks first; an outside number can only be asked first', async ({
  fake,
  desk,
  talking,
}) => {
  await desk.keyboard.press('t')
  const panel = desk.getByTestId('transfer-panel')
  await expect(panel).toHaveAttribute('data-mode', 'transfer')
  await expect(panel).toContainText('先咨询，客户听等待音乐')
  await desk.getByTestId('transfer-input').fill('805')
  await desk.keyboard.press('Shift+Enter')
  await expect(third(desk)).toContainText('陈静')
  await desk.keyboard.press('Escape')
  await expect(card(desk, talking).getByTestId('call-transfer')).toBeVisible()
  await card(desk, talking).getByTestId('call-transfer').click()
  await desk.getByTestId('transfer-input').fill('13800000417')
  await expect(desk.getByTestId(/^transfer-number-/)).toContainText('外线，先咨询')
  await desk.keyboard.press('Enter')
  await expect(third(desk)).toContainText('138 0000 0417')
  await thirdIs(fake, 'answered')
  await expect(third(desk)).toContainText('线路已接通')
  await expect(hint(desk)).toContainText('以您听到的为准')
  expect(asked(fake, 'CALL_THIRD').map((target) => /target=(\d+)/.exec(target)?.[1])).toEqual(['805', '13800000417'])
  expect(asked(fake, 'CLICK_TO_TRANSFER')).toEqual([])
})

test('the segmented choice, the tile button and the right part of a tile ask first too', async ({
  fake,
  desk,
  talking,
}) => {
  await desk.keyboard.press('t')
  await desk.getByText('先咨询', { exact: true }).click()
  await expect(desk.getByTestId('transfer-panel')).toHaveAttribute('data-mode', 'consult')
  await expect(desk.getByTestId('transfer-input')).toBeFocused()
  await desk.keyboard.press('Escape')

  await desk.getByTestId('board-tile-804').hover()
  await desk.getByRole('button', { name: '咨询 804 刘洋（空闲）' }).click()
  await expect(third(desk)).toContainText('刘洋')
  await buttons(desk)[2].click()
  await expect(outcome(desk)).toHaveAttribute('data-outcome', 'back')

  const tile = desk.getByTestId('board-tile-803')
  const from = await card(desk, talking).boundingBox()
  const to = await tile.boundingBox()
  if (!from || !to) throw new Error('not on screen')
  await desk.mouse.move(from.x + 20, from.y + 20)
  await desk.mouse.down()
  await desk.mouse.move(to.x + 30, to.y + 30, { steps: 5 })
  await desk.mouse.move(to.x + 40, to.y + 30, { steps: 3 })
  await expect(tile).toContainText('转给 803 王芳（空闲）')
  await desk.mouse.move(to.x + to.width - 20, to.y + 40, { steps: 5 })
  await expect(tile).toContainText('先问 803 王芳（空闲）')
  await desk.mouse.up()
  await expect(third(desk)).toContainText('王芳')
  // The card is there before the PBX has been asked.
  await expect
    .poll(() => asked(fake, 'CALL_THIRD').map((target) => /target=(\d+)/.exec(target)?.[1]))
    .toEqual(['804', '803'])
  expect(asked(fake, 'CLICK_TO_TRANSFER')).toEqual([])
})

test('the program is started again in the middle of it: the card is back, and back works', async ({
  fake,
  desk,
  talking,
  app,
}) => {
  await consultAnswered(desk, fake)
  await app.stop('SIGKILL')
  const again = await startApp({ dataDir: app.dataDir })
  try {
    await desk.goto(again.url)
    await expect(third(desk)).toHaveAttribute('data-third', 'answered', { timeout: 15_000 })
    await expect(card(desk, talking)).toHaveAttribute('data-transfer', 'consulting')
    await buttons(desk)[2].click()
    await expect(outcome(desk)).toHaveAttribute('data-outcome', 'back')
    expect(asked(fake, 'CALL_THIRD')).toHaveLength(1)
  } finally {
    await again.stop()
  }
})
