import type { FakeCall, PbxState } from './pbx-state.ts'

/** What the PBX answers: a result code, a document, words, or a file. */
export type FakeAnswer =
  | { code: number; text?: string }
  | { json: unknown }
  | { words: string }
  | { bytes: Buffer; contentType: string; status?: number }

/** What an operation may do besides looking at the state. */
export interface PbxActions {
  state: PbxState
  /** Ring `caller`, then `callee`. */
  dial(caller: string, callee: string): FakeCall
  hangup(call: FakeCall): void
  /** The target rings. */
  transfer(call: FakeCall, target: string): void
  /** The target talks at once. */
  takeOver(call: FakeCall, target: string): void
  /** The caller hears a voice menu, the extension is free. */
  toMenu(call: FakeCall, menu: number): void
}

export type Values = Record<string, string>

export interface FakeOperation {
  method?: 'POST'
  path: string
  /** Parameters with one possible value; they tell the operations of one path apart. */
  constants: Readonly<Values>
  /** Every parameter must be there once, not empty, and nothing else may be there. */
  required: readonly string[]
  optional?: readonly string[]
  /** Further parameters with free names. */
  family?: RegExp
  /** Name of the part that holds a file; it may be missing. */
  file?: string
  /** How wrong parameters are refused. */
  badParameters?: FakeAnswer
  answer(values: Values, pbx: PbxActions, file: Buffer | null): FakeAnswer
}

export const numberForm = /^[0-9*#]{2,30}$/

/** Operations of the one path that most of them share. */
export const control = (
  opt: string,
  required: readonly string[],
  answer: FakeOperation['answer'],
  more: Partial<FakeOperation> = {},
): FakeOperation => ({ path: '/bridge/callctrl', constants: { opt }, required, answer, ...more })
