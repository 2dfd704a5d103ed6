import type { z } from 'zod'
import type { ErrorCode } from '../../../preload/contract/index.ts'
import type { ResponseKind } from './response.ts'

/** Where a parameter travels. `json` takes a dotted wire name as a place in a nested body. */
export type Place = 'path' | 'query' | 'form' | 'json' | 'header'

/** Vendor result code → our code, with the vendor's own words where the manual gives them. */
export type ErrorTable = Readonly<Record<string, ErrorCode | readonly [code: ErrorCode, vendorText: string]>>

/** One operation of a vendor: facts only. Everything else (call, types, fixtures test, forms) is derived from it. */
export interface Operation<Params extends z.ZodObject = z.ZodObject, Output = unknown> {
  /** Stable `system.name`. */
  readonly id: string
  /** The vendor's title, in English. */
  readonly title: string
  /** Manual and section. */
  readonly doc: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the connection's base URL; `{name}` is filled from the parameter of that name. */
  readonly path: string
  /** Constants of the request, sent after the parameters. */
  readonly fixed: Readonly<Record<string, string>>
  /** Our names and rules. Vendor names that differ stand in `wire`. */
  readonly params: Params
  readonly wire: Readonly<Record<string, string>>
  /** Exceptions from the rule: path, else query (GET, DELETE) or JSON body (POST, PUT). */
  readonly in: Readonly<Record<string, Place>>
  readonly response: ResponseKind<Output>
  readonly errors: ErrorTable
  /** `safe` = may be sent again when a reused socket turns out dead. `never` = rings, changes or ends something. */
  readonly retry: 'safe' | 'never'
}

type Placeholder<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never
type Missing<Path extends string, Params extends z.ZodObject> = Exclude<Placeholder<Path>, keyof z.output<Params>>
type Checked<Path extends string, Params extends z.ZodObject> = [Missing<Path, Params>] extends [never]
  ? Path
  : `no parameter for {${Missing<Path, Params>}}`

interface OperationFacts<Path extends string, Params extends z.ZodObject, Output> {
  id: string
  title: string
  doc: string
  method: Operation['method']
  path: Path & Checked<Path, Params>
  fixed?: Record<string, string>
  params: Params
  wire?: { [Name in keyof z.output<Params>]?: string }
  in?: { [Name in keyof z.output<Params>]?: Place }
  response: ResponseKind<Output>
  errors?: ErrorTable
  retry: Operation['retry']
}

/** Describe one operation. A `{placeholder}` in the path without a parameter of that name does not compile. */
export function operation<const Path extends string, Params extends z.ZodObject, Output>(
  facts: OperationFacts<Path, Params, Output>,
): Operation<Params, Output> {
  const { wire = {}, in: places = {}, ...rest } = facts
  return {
    fixed: {},
    errors: {},
    ...rest,
    wire: wire as Record<string, string>,
    in: places as Record<string, Place>,
  }
}

/** One parameter as it goes over the wire: what a form, a command line or a fake needs to know. */
export interface WireParam {
  /** Our name. */
  key: string
  /** The vendor's name. */
  name: string
  place: Place
  /** The request is not complete without it. */
  required: boolean
  /** What is sent when nobody gives a value; undefined = nothing. */
  preset: unknown
}

/** The parameters of an operation in the order of its description. */
export function wireParams(described: Operation): WireParam[] {
  const bodyless = described.method === 'GET' || described.method === 'DELETE'
  return Object.entries(described.params.shape).map(([key, schema]) => {
    const absent = (schema as z.ZodType).safeParse(undefined)
    return {
      key,
      name: described.wire[key] ?? key,
      place: described.path.includes(`{${key}}`) ? 'path' : (described.in[key] ?? (bodyless ? 'query' : 'json')),
      required: !absent.success || absent.data !== undefined,
      preset: absent.data,
    }
  })
}
