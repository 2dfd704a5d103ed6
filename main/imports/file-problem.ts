/** Why a file cannot be imported: the page has a sentence for each reason. */
export type FileReason =
  | 'xls-file'
  | 'not-a-table'
  | 'empty-file'
  | 'too-large'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'too-many-parts'
  | 'too-much-inside'
  | 'has-doctype'
  | 'damaged'
  | 'encrypted'
  | 'unclosed-quote'
  | 'wrong-encoding'
  | 'too-slow'

export class FileProblem extends Error {
  override readonly name = 'FileProblem'
  readonly reason: FileReason
  /** Row of the file where it was noticed, where that is known. */
  readonly row: number | null

  constructor(reason: FileReason, row: number | null = null) {
    super(reason)
    this.reason = reason
    this.row = row
  }
}
