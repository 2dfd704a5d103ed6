import { type FindingGroup, findingGroups } from '../../../preload/contract/import-findings.ts'
import type { ImportCheck, ImportFinding, ImportFix, ImportPlan, KnownChoice } from '../../../preload/contract/index.ts'
import type { NumberOptions } from '../numbers/index.ts'
import { NumberSet } from './number-set.ts'
import { type ImportRecord, type RowPlan, readRow } from './read-row.ts'

/** Findings of one group that are kept; more are only counted. */
export const keptFindings = 2000

export interface KnownNumbers {
  /** Numbers of people here. */
  directory: NumberSet
  /** Numbers that a PBX has: its call log names them, or it was given them from here. */
  pbx: NumberSet
}

export type CheckedRow =
  | { status: 'empty' }
  | { status: 'ready'; record: ImportRecord; cells: readonly string[]; known: KnownChoice | null }
  /** `reason` is what the report says; null = left out by hand. */
  | {
      status: 'left-out'
      cells: readonly string[]
      reason: Pick<ImportFinding, 'group' | 'fault' | 'digits' | 'firstRow'> | null
    }

/** Finding as the checker knows it: who has the number is looked up later, by `canonical`. */
export type RawFinding = Omit<ImportFinding, 'person'> & { canonical: string | null }

/** Looks at row after row of a file; what it says of one depends on the rows before only. */
export class RowChecker {
  private readonly plan: ImportPlan
  private readonly rowPlan: RowPlan
  private readonly known: KnownNumbers
  private readonly fixes: ReadonlyMap<number, ImportFix>
  private readonly seen = new NumberSet()
  /** Products of opportunities, each with the group of its numbers. */
  private readonly products = new Map<string, number>()
  private readonly counts = new Map<FindingGroup, { count: number; suggestions: number; kept: RawFinding[] }>()
  private readonly columns: readonly string[]
  private rows = 0
  private ready = 0
  private empty = 0
  private skipped = 0
  private width = 0

  constructor(deps: {
    plan: ImportPlan
    columns: readonly string[]
    numbers: NumberOptions
    known: KnownNumbers
    fixes: readonly ImportFix[]
  }) {
    const { plan, columns, numbers } = deps
    this.plan = plan
    this.columns = columns
    this.rowPlan = { kind: plan.kind, mapping: plan.mapping, columns, suggestions: plan.suggestions, numbers }
    this.known = deps.known
    this.fixes = new Map(deps.fixes.map((fix) => [fix.row, fix]))
  }

  add(row: number, original: readonly string[]): CheckedRow {
    const fix = this.fixes.get(row)
    const cells = fix && fix.cells.length > 0 ? withCells(original, fix) : original
    this.rows += 1
    for (let last = cells.length; last > this.width; last -= 1) if (cells[last - 1] !== '') this.width = last
    const read = readRow(cells, this.rowPlan)
    if (!read) {
      this.empty += 1
      return { status: 'empty' }
    }
    if (fix?.skip) {
      this.skipped += 1
      return { status: 'left-out', cells, reason: null }
    }
    const { record, faults } = read
    if (faults.length > 0) {
      for (const fault of faults) {
        const value = original[fault.column] ?? ''
        this.note({
          ...fault,
          value: value.length > 400 ? fault.value : value,
          row,
          name: nameOf(record),
          firstRow: null,
          choice: null,
          canonical: null,
        })
      }
      const { group, fault, digits } = faults[0]!
      return { status: 'left-out', cells, reason: { group, fault, digits, firstRow: null } }
    }
    const firstRow = this.claim(record, row)
    if (firstRow !== null) {
      this.note(this.about('twice', row, record, { firstRow }))
      return { status: 'left-out', cells, reason: { group: 'twice', fault: null, digits: null, firstRow } }
    }
    const choice = this.choiceFor(record, row, fix)
    if (choice === 'skip') {
      this.skipped += 1
      return { status: 'left-out', cells, reason: null }
    }
    this.ready += 1
    return { status: 'ready', record, cells, known: choice }
  }

  result(): { check: ImportCheck; findings: Record<FindingGroup, RawFinding[]>; width: number } {
    const groups = findingGroups.flatMap((group) => {
      const one = this.counts.get(group)
      return one ? [{ group, count: one.count, suggestions: one.suggestions }] : []
    })
    const unused = this.columns.filter((_, at) => (this.plan.mapping[at] ?? 'skip') === 'skip')
    const { rows, ready, empty, skipped } = this
    const findings = Object.fromEntries(
      findingGroups.map((group) => [group, this.counts.get(group)?.kept ?? []]),
    ) as Record<FindingGroup, RawFinding[]>
    return { check: { rows, ready, empty, skipped, groups, unused }, findings, width: this.width }
  }

  /** The row that has one of the numbers already; for opportunities, number and product. */
  private claim({ numbers, opportunity }: ImportRecord, row: number): number | null {
    const group = opportunity ? this.groupOf(opportunity.product) : 0
    let first: number | null = null
    for (const { canonical } of numbers) {
      const before = this.seen.add(canonical, row, group)
      if (before !== null && before !== row) first ??= before
    }
    return first
  }

  private groupOf(product: string): number {
    let group = this.products.get(product)
    if (group === undefined) {
      group = this.products.size + 1
      this.products.set(JSON.parse(JSON.stringify(product)) as string, group)
    }
    return group
  }

  /** An opportunity of somebody who is here is what one expects; a contact is not. */
  private choiceFor(record: ImportRecord, row: number, fix: ImportFix | undefined): KnownChoice | null {
    const { target, kind } = this.plan
    if (kind === 'opportunities') return null
    const pbxKnown =
      target === 'local' ? undefined : record.numbers.find(({ canonical }) => this.known.pbx.has(canonical))
    if (pbxKnown) this.note(this.about('pbx-known', row, record, { canonical: pbxKnown.canonical }))
    if (target === 'pbx') return null
    const here = record.numbers.find(({ canonical }) => this.known.directory.has(canonical))
    if (!here) return null
    const choice = fix?.known ?? this.plan.known
    this.note(this.about('known', row, record, { canonical: here.canonical, choice }))
    return choice
  }

  private about(group: FindingGroup, row: number, record: ImportRecord, more: Partial<RawFinding>): RawFinding {
    const column = Math.max(
      0,
      this.plan.mapping.findIndex((field) => field === 'phone' || field === 'mobile'),
    )
    const shown = more.canonical ?? record.numbers[0]?.canonical ?? ''
    return {
      ...{ group, row, name: nameOf(record), column, value: shown, digits: null, fault: null, suggestion: null },
      ...{ firstRow: null, choice: null, canonical: null, ...more },
    }
  }

  private note(finding: RawFinding): void {
    let one = this.counts.get(finding.group)
    if (!one) {
      one = { count: 0, suggestions: 0, kept: [] }
      this.counts.set(finding.group, one)
    }
    one.count += 1
    if (finding.suggestion !== null) one.suggestions += 1
    // A cell is a part of the piece of the file that it came in: a copy lets go of that.
    if (one.kept.length < keptFindings) one.kept.push(JSON.parse(JSON.stringify(finding)) as RawFinding)
  }
}

const nameOf = ({ name, company }: ImportRecord) => (name === '' ? company : name).slice(0, 60)

function withCells(original: readonly string[], fix: ImportFix): string[] {
  const cells = [...original]
  for (const { column, value } of fix.cells) {
    while (cells.length < column) cells.push('')
    cells[column] = value
  }
  return cells
}
