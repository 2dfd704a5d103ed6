import { expect, it } from 'vitest'
import type { ExportEvent } from '../../preload/contract/index.ts'
import { formulaPayloads, formulasIn } from '../core/history/formula-payloads.ts'
import { readCsvElsewhere } from '../core/history/read-csv-elsewhere.ts'
import { openedImports } from './opened-imports.ts'

it('T17: no cell of the report of an import is a formula, headings and reasons included', async () => {
  const { imports, prepare } = await openedImports()
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rows = formulaPayloads.map((text) => [text, text, text].map(quoted).join(','))
  const file = `姓名,手机,"=1+1",${quoted("\t@cmd|' /C calc'!A0")}\n王芳,13800000417,x,y\n${rows.join('\n')}\n`
  const id = await prepare(file, { mapping: ['name', 'mobile', 'notes', 'skip'] })
  await imports.desk.start({ id })
  expect(await imports.settled(id)).toMatchObject({ state: 'done', counts: { created: 1 } })
  const pieces: Uint8Array[] = []
  const events = (await imports.desk.report({ id })) as unknown as AsyncIterable<ExportEvent>
  for await (const event of events) if (event.kind === 'data') pieces.push(event.bytes)
  const [head, ...left] = readCsvElsewhere(Buffer.concat(pieces))
  expect(formulasIn([...head!, ...left.flat()])).toEqual([])
  expect(left.map(([name]) => name)).toEqual(formulaPayloads.map((text) => `'${text}`))
})
