import { expect } from './app-fixture.ts'
import { buttons, consult, consultAnswered, hint, outcome, third, thirdIs } from './consulting.ts'
import { asked, card, test } from './talking-call.ts'

test('answers to the start: each code has its own sentence in the list, asked once, and the call stays', async ({
  fake,
  desk,
  talking,
}) => {
  const failed = desk.getByTestId('transfer-panel').getByTestId('toast-error')
  await desk.keyboard.press('c')
  const input = desk.getByTestId('transfer-input')
  // Myself I cannot ask.
  await input.fill('802')
  await expect(desk.getByTestId('transfer-panel')).toContainText('没有符合的人或号码')
  for (const [code, words] of [
    [400, '没有呼叫：话机系统不接受这个号码'],
    [404, '没有呼叫：您的分机没有可以咨询的通话'],
  ] as const) {
    const before = asked(fake, 'CALL_THIRD').length
    fake.refuse(code, { opt: 'CALL_THIRD' })
    await input.fill('806')
    await desk.keyboard.press('Enter')
    await expect(failed).toContainText(words)
    expect(asked(fake, 'CALL_THIRD')).toHaveLength(before + 1)
    await input.fill('')
  }
  await desk.keyboard.press('Escape')
  await expect(card(desk, talking)).toHaveAttribute('data-state', 'talking')
})

test('500 to the start leaves it open; the PBX is asked, knows nothing of it, and that is said', async ({
  fake,
  desk,
  talking,
}) => {
  fake.fault('server-error', { opt: 'CALL_THIRD', times: 1 })
  await consult(desk)
  await expect(outcome(desk)).toHaveAttribute('data-outcome', 'not-started')
  await expect(outcome(desk)).toContainText('没有呼叫 赵磊，135 0000 0002 还在您这边')
  expect(asked(fake, 'CALL_THIRD')).toHaveLength(1)
  await expect(card(desk, talking).getByTestId('call-consult')).toBeVisible()
})

for (const [name, opt, command] of [
  ['put through', 'CALL_THIRD_TRANSFER', 0],
  ['three-way', 'CALL_THIRD_CONFERENCE', 1],
  ['back', 'CALL_THIRD_RESUME', 2],
] as const) {
  test(`${name}: 400, 404 and 500 are explained and the buttons stay; a lost answer is looked up, never sent twice`, async ({
    fake,
    desk,
    talking,
  }) => {
    await consultAnswered(desk, fake)
    const button = buttons(desk)[command]

    // 500 with nothing done: the PBX still has the consultation.
    fake.fault('server-error', { opt, times: 1 })
    await button.click()
    await expect(hint(desk)).toContainText(/没有转过去|没有接成三方|没有回到客户/)
    await expect(button).toBeEnabled()
    expect(asked(fake, opt)).toHaveLength(1)

    for (const [code, words] of [
      [404, '没有执行：话机系统找不到这次咨询'],
      [400, '没有执行：话机系统不接受'],
    ] as const) {
      fake.refuse(code, { opt })
      await button.click()
      await expect(hint(desk)).toContainText(words)
      await expect(button).toBeEnabled()
    }

    // Done, but the answer was lost.
    fake.fault('reset', { opt, times: 1 })
    await button.click()
    await expect(outcome(desk)).toHaveAttribute('data-outcome', ['put-through', 'three-way', 'back'][command] ?? '')
    expect(asked(fake, opt)).toHaveLength(4)
    await expect(card(desk, talking)).toHaveCount(1)
  })
}

test('what the PBX says of the third party, 100, 180, 200 and 603, is on the card', async ({ fake, desk, talking }) => {
  test.setTimeout(90_000)
  const opt = 'CALL_THIRD_GET_THIRD_STATE'
  const [putThrough, threeWay, back] = buttons(desk)
  for (const style of ['status', 'body'] as const)
    await test.step(`code as ${style}`, async () => {
      fake.setResultStyle(style)
      const before = asked(fake, opt).length
      fake.refuse(100, { opt, times: 4 })
      await consult(desk)
      // "About to ring": no news, so what stood there stays, and the PBX is asked again.
      await expect.poll(() => asked(fake, opt).length - before).toBeGreaterThan(2)
      await expect(third(desk)).toHaveAttribute('data-third', 'calling')
      await expect(putThrough).toBeDisabled()
      await expect(threeWay).toBeDisabled()
      await expect(back).toBeEnabled()
      await expect(third(desk)).toHaveAttribute('data-third', 'ringing')
      await expect(putThrough).toBeEnabled()
      await thirdIs(fake, 'answered')
      await expect(third(desk)).toHaveAttribute('data-third', 'answered')
      await thirdIs(fake, 'refused')
      await expect(third(desk)).toHaveAttribute('data-third', 'refused')
      await expect(putThrough).toBeDisabled()
      await expect(back).toBeEnabled()
      await back.click()
      await expect(outcome(desk)).toHaveAttribute('data-outcome', 'back')
      await expect(card(desk, talking)).toHaveAttribute('data-state', 'talking')
    })
})

test('the question how the third party is, refused with 400: not known, and back works', async ({
  fake,
  desk,
  talking,
}) => {
  await consult(desk)
  await expect(third(desk)).toHaveAttribute('data-third', 'ringing')
  const opt = 'CALL_THIRD_GET_THIRD_STATE'
  fake.refuse(400, { opt, times: 1000 })
  await expect(third(desk)).toHaveAttribute('data-third', 'unknown', { timeout: 15_000 })
  await expect(hint(desk)).toContainText('以您听到的为准')
  // Asked again and again, more and more patiently, one question at a time.
  expect(asked(fake, opt).length).toBeLessThan(20)
  await expect(desk.getByTestId('toast-error')).toHaveCount(0)
  await buttons(desk)[2].click()
  await expect(outcome(desk)).toHaveAttribute('data-outcome', 'back')
  await expect(card(desk, talking)).toHaveAttribute('data-state', 'talking')
})
