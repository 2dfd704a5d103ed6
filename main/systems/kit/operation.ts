import type { z } from 'zod'
import type { ErrorCode } from '../../../preload/contract/index.ts'
import type { CodeTable } from './codes.ts'
import type { Paging } from './pages.ts'
import type { ResponseKind } from './response.ts'

/** Where a parameter travels. `json` takes a dotted wire name as a place in a nested body. */
export type Place = 'path' | 'query' | 'form' | 'json' | 'multipart' | 'header' | 'soap'

/** Vendor result code → our code, with the vendor's own words and the same in English where the manual gives them. */
export type ErrorTable = Readonly<Record<string, ErrorEntry>>
export type ErrorEntry = ErrorCode | readonly [code: ErrorCode, zh: string, en?: string]

/** One operation of a vendor: facts only. Everything else (call, types, fixtures test, forms) is derived from it. */
export interface Operation<Params extends z.ZodObject = z.ZodObject, Output = unknown> {
  /** Stable `system.name`. */
  readonly id: string
  /** The vendor's title in English and as the manual has it. */
  readonly title: string
  readonly titleZh: string
  /** Manual and section. */
  readonly doc: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the connection's base URL; `{name}` is filled from the parameter of that name. A lone `{url}` is a whole address. */
  readonly path: string
  /** Asked in turn while the answer is HTTP 404: the manual prints another path than its own pattern suggests. */
  readonly alternatives: readonly string[]
  /** Constants of the request, sent after the parameters. */
  readonly fixed: Readonly<Record<string, string>>
  /** Where the constants travel: with the parameters unless said otherwise. */
  readonly fixedIn: Place
  /** Our names and rules, in the vendor's order. Vendor names that differ stand in `wire`. */
  readonly params: Params
  readonly wire: Readonly<Record<string, string>>
  /** What the body of a POST or PUT is; GET and DELETE have none. */
  readonly body: 'json' | 'form' | 'multipart' | 'soap'
  /** Exceptions from the rule: path, else query (GET, DELETE) or body (POST, PUT). */
  readonly in: Readonly<Record<string, Place>>
  /** A GET that goes as a form POST once its address grows too long for servers on the way; the other side takes both. */
  readonly longAsForm: boolean
  readonly response: ResponseKind<Output>
  readonly errors: ErrorTable
  /** `safe` = may be sent again when a reused socket turns out dead. `never` = rings, changes or ends something. */
  readonly retry: 'safe' | 'never'
  /** The system's credentials go along (false: the manual shows this one without). */
  readonly auth: boolean
  /** The other side uses codes below 200, perhaps as the status line, where HTTP would wait for another one. */
  readonly informational: boolean
  /** Arguments are the parameters in their order; names and namespaces come from the server's WSDL. */
  readonly soap: { readonly operation: string } | null
  readonly pages: Paging | null
  /** Fields of the answer that hold codes, by their name in the answer. */
  readonly codes: Readonly<Record<string, CodeTable>>
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
  titleZh: string
  doc: string
  method: Operation['method']
  path: Path & Checked<Path, Params>
  alternatives?: readonly string[]
  fixed?: Record<string, string>
  fixedIn?: Place
  params: Params
  wire?: { [Name in keyof z.output<Params>]?: string }
  body?: Operation['body']
  in?: { [Name in keyof z.output<Params>]?: Place }
  longAsForm?: boolean
  response: ResponseKind<Output>
  errors?: ErrorTable
  retry: Operation['retry']
  auth?: boolean
  informational?: boolean
  soap?: Operation['soap']
  pages?: Paging<Output>
  codes?: Operation['codes']
}

/** Describe one operation. A `{placeholder}` in the path without a parameter of that name does not compile. */
export function operation<const Path extends string, Params extends z.ZodObject, Output>(
  facts: OperationFacts<Path, Params, Output>,
): Operation<Params, Output> {
  const { wire = {}, in: places = {}, body = 'json', pages = null, ...rest } = facts
  return {
    alternatives: [],
    fixed: {},
    fixedIn: hasBody(facts.method) ? body : 'query',
    errors: {},
    longAsForm: false,
    auth: true,
    informational: false,
    soap: null,
    codes: {},
    ...rest,
    body,
    pages: pages as Paging | null,
    wire: wire as Record<string, string>,
    in: places as Record<string, Place>,
  }
}

const hasBody = (method: Operation['method']) => method === 'POST' || method === 'PUT'

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
  /** Not one parameter but all those whose names begin so, each under its own name. */
  prefix: string | undefined
}

const known = new WeakMap<Operation, readonly WireParam[]>()

/** The parameters of an operation in the order of its description. */
export function wireParams(described: Operation): readonly WireParam[] {
  const params = known.get(described) ?? readParams(described)
  known.set(described, params)
  return params
}

function readParams(described: Operation): WireParam[] {
  const place = hasBody(described.method) ? described.body : 'query'
  return Object.entries(described.params.shape).map(([key, schema]) => {
    const absent = (schema as z.ZodType).safeParse(undefined)
    return {
      key,
      name: described.wire[key] ?? key,
      place: described.path.includes(`{${key}}`) ? 'path' : (described.in[key] ?? place),
      required: !absent.success || absent.data !== undefined,
      preset: absent.data,
      prefix: (schema as z.ZodType).meta()?.prefix as string | undefined,
    }
  })
}

/** Something the other side sends to us: described for the list and the forms; the intake answers it. */
export interface InboundOperation {
  readonly id: string
  readonly title: string
  readonly titleZh: string
  readonly doc: string
  readonly method: 'GET' | 'POST'
  /** On our listener. */
  readonly path: string
  readonly params: z.ZodObject
  readonly wire: Readonly<Record<string, string>>
}

/** Describe what arrives. */
export function inbound<Params extends z.ZodObject>(
  facts: Omit<InboundOperation, 'params' | 'wire'> & {
    params: Params
    wire?: { [Name in keyof z.output<Params>]?: string }
  },
): InboundOperation & { readonly params: Params } {
  return { ...facts, wire: (facts.wire ?? {}) as Record<string, string> }
}
