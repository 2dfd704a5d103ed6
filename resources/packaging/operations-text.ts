import { catalogue } from '../../main/systems/catalogue.ts'
import { spokenName } from '../../main/systems/kit/params.ts'
import type { OperationField, OperationInfo } from '../../preload/contract/index.ts'

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const code = (text: string) => `\`${text}\``

/** The text of OPERATIONS.md: every operation that the program knows, out of the same descriptions that it runs on. */
export function operationsText(all: readonly OperationInfo[] = catalogue()): string {
  const systems = [...new Set(all.map((one) => one.system))]
  const chapters = systems.map((system) =>
    chapter(
      system,
      all.filter((one) => one.system === system),
    ),
  )
  return `# Operations

Every documented operation of the telephony systems. Written by \`npm run operations\` from \`main/systems\`; do not edit.

Run one with \`npx frontbell call ID name=value …\`, or from the Console page. Parameters stand under the vendor's names:
**\`bold\`** = required, \`name=…\` = sent with this value when none is given. \`!\` = rings a telephone, or changes or ends something;
\`↓\` = answers with a file; \`←\` = the system calls us: it cannot be called.

${systems.map((system) => `[${system}](#${system}) (${all.filter((one) => one.system === system).length})`).join(' · ')}

${chapters.join('\n')}`
}

function chapter(system: string, operations: OperationInfo[]): string {
  const rows = operations.map((one) => {
    const marks = [one.direction === 'inbound' && '←', one.changes && '!', one.download && '↓'].filter(Boolean)
    const params = one.fields.map((field) => paramOf(one.fields, field)).join(', ')
    const title = `${cell(one.title)}<br>${cell(one.titleZh)}`
    return `| ${code(one.id)} ${marks.join(' ')} | ${title} | ${one.method} ${code(cell(one.path))} | ${params} | ${cell(one.doc)} |`
  })
  return `## ${system}

| id | title | request | parameters | manual |
|---|---|---|---|---|
${rows.join('\n')}
`
}

function paramOf(fields: OperationField[], field: OperationField): string {
  const name = cell(spokenName(fields, field))
  if (field.required) return `**${code(name)}**`
  return field.preset === null ? code(name) : code(`${name}=${cell(String(field.preset))}`)
}
