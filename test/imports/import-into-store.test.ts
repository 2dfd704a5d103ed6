import { expect, it, onTestFinished, vi } from 'vitest'
import { startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { openedImports } from './opened-imports.ts'

it('NUL in cells is dropped, and every kind of line end ends a row, all in one file', async () => {
  const { run, store } = await openedImports()
  const file =
    '姓名,手机,备注\r\n李\0建国,1350000\x000002,"第一行\r\n第二行\r第三行"\n王芳,13800000417,\0\r林国栋,13900000001,"a\0b"\r\n'
  expect(await run(file)).toMatchObject({ state: 'done', total: 3, counts: { created: 3, leftOut: 0 } })
  const people = store.people.list({ group: null, offset: 0, limit: 10 }).map(({ id }) => store.people.get(id)!)
  expect(people.map(({ name, note, numbers }) => [name, note, numbers[0]?.number]).sort()).toEqual(
    [
      ['李建国', '第一行\r\n第二行\r第三行', '13500000002'],
      ['王芳', '', '13800000417'],
      ['林国栋', 'ab', '13900000001'],
    ].sort(),
  )
})

it('the same file twice: nobody is there twice, here or on the PBX', async () => {
  const fake = await startFakeTelcrm()
  onTestFinished(() => fake.stop())
  const { run, store } = await openedImports({ baseUrl: fake.baseUrl })
  const rows = Array.from({ length: 12 }, (_, at) => `客户${at},${13_900_000_000 + at},\n`)
  const file = `姓名,手机,备注\n${rows.join('')}`
  expect(await run(file, { target: 'both' })).toMatchObject({ counts: { created: 12, sent: 12 } })
  const before = store.people.get(1)
  for (const known of ['fill', 'overwrite'] as const)
    expect(await run(file, { target: 'both', known })).toMatchObject({
      state: 'done',
      counts: { created: 0, filled: 0, overwritten: 0, localSkipped: 12, sent: 0, duplicate: 12 },
    })
  await expect(run(file, { target: 'both', known: 'skip' })).rejects.toMatchObject({
    code: 'bad-request',
    details: { reason: 'nothing-to-import' },
  })
  expect(store.imports.knownNumbers('', 100)).toHaveLength(12)
  expect(store.people.get(1)).toEqual(before)
  expect(store.people.get(13)).toBeNull()
  const numbers = fake.state.customerBase.contacts.flatMap(({ details }) => details.map(({ cvalue }) => cvalue))
  expect(numbers).toHaveLength(12)
})

it('whom the PBX knew already is known to be there: the next try says so before anything is sent', async () => {
  const fake = await startFakeTelcrm()
  onTestFinished(() => fake.stop())
  const { imports, prepare, run, store } = await openedImports({ baseUrl: fake.baseUrl })
  // Entered on the PBX itself: nobody here has heard of it.
  const customers = ['13900000003', '13900000005', '13900000007'].map((number) => `某人,${number}`)
  await run(`姓名,手机\n${customers.join('\n')}\n`, { target: 'pbx' })
  // 李建国 has both numbers of the row; of the last row's numbers, the PBX knows one and 王芳 the other.
  const people = '林国栋,13900000003,\n李建国,13900000005,13500000002\n王芳,13800000417,\n'
  expect(await run(`姓名,手机,电话\n${people}`)).toMatchObject({ counts: { created: 3 } })
  const file = `姓名,手机,电话\n林国栋,13900000003,\n李建国,13900000005,13500000002\n王芳,13800000417,13900000007\n新客户,13900000001,\n`
  const again = async () => {
    const id = await prepare(file, { target: 'pbx' })
    const { findings } = await imports.desk.findings({ id, group: 'pbx-known', offset: 0, limit: 10 })
    return findings.map(({ name }) => name)
  }
  expect(await again()).toEqual([])
  expect(await run(file, { target: 'pbx' })).toMatchObject({ state: 'done', counts: { sent: 1, duplicate: 3 } })
  expect(await again()).toEqual(['林国栋', '李建国'])
  const marked = store.imports.markedNumbers('pbx', '', 100).filter(({ isMarked }) => isMarked)
  expect(marked.map(({ canonical }) => canonical)).toEqual(['13500000002', '13900000003', '13900000005'])
})

it('a second import while one runs is refused and can be started afterwards; the first goes on', async () => {
  const fake = await startFakeTelcrm()
  onTestFinished(() => fake.stop())
  fake.fault('slow', { times: 1 })
  const { imports, prepare } = await openedImports({ baseUrl: fake.baseUrl })
  const first = await prepare('姓名,手机\n李建国,13500000002\n', { target: 'pbx' })
  const second = await prepare('姓名,手机\n王芳,13800000417\n', { target: 'pbx' })
  const refused = { code: 'conflict', details: { reason: 'another-import-runs' } }
  await imports.desk.start({ id: first })
  // While its rows are written down, and while it is sent.
  await expect(imports.desk.start({ id: second })).rejects.toMatchObject(refused)
  await vi.waitFor(() => expect(fake.requests).toHaveLength(1), 15_000)
  await expect(imports.desk.start({ id: second })).rejects.toMatchObject(refused)
  expect(await imports.settled(first)).toMatchObject({ state: 'done', counts: { sent: 1 } })
  await imports.desk.start({ id: second })
  expect(await imports.settled(second)).toMatchObject({ state: 'done', counts: { sent: 1 } })
})

it('what SQL, JavaScript or a spreadsheet could take for something else is kept as the text that it is', async () => {
  const { run, store } = await openedImports()
  const cells = [
    ...["'; DROP TABLE people;--", "Robert'); DELETE FROM people WHERE ('1'='1", '" OR ""="', '%_\\', '?1 @name :x $y'],
    ...[
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      '{"__proto__":{"x":1}}',
      '[object Object]',
    ],
    ...['1e999', '-1e999', 'NaN', 'Infinity', 'null', 'undefined', 'true', '0x7fffffffffffffff', '1e5', '007'],
    ...['9007199254740993', '9223372036854775808', '123456789012345678901234567890', '0.1000000000000000055'],
  ]
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rows = cells.map(
    (text, at) => `${quoted(text)},${13_900_000_000 + at},${quoted(text)},${quoted(text)},${quoted(text)}`,
  )
  const file = `姓名,手机,公司,备注,7:备注:31:constructor\n${rows.join('\n')}\n`
  expect(await run(file)).toMatchObject({ state: 'done', counts: { created: cells.length, leftOut: 0 } })
  const people = store.people.list({ group: null, offset: 0, limit: 100 }).map(({ id }) => store.people.get(id)!)
  const kept = new Map(people.map((person) => [person.numbers[0]!.number, person]))
  expect(cells.map((_, at) => kept.get(String(13_900_000_000 + at)))).toMatchObject(
    cells.map((text) => ({
      ...{ name: text, company: text, note: text },
      fields: [{ tid: 31, label: 'constructor', value: text }],
    })),
  )
  expect(({} as { x?: number }).x).toBeUndefined()
  // Amounts that no number holds are refused, not rounded to one.
  const sales = ['1e999', 'NaN', 'Infinity', '9007199254740993'].map(
    (amount, at) => `客户${at},1380000041${at},话机,${amount}`,
  )
  expect(
    await run(`姓名,手机,产品,金额\n王芳,13800000420,话机,12\n${sales.join('\n')}\n`, { kind: 'opportunities' }),
  ).toMatchObject({ counts: { created: 1, leftOut: 4 } })
})
