import { z } from 'zod'
import { longestTemplate, templateFlaw } from './crm-link.ts'
import { HistoryFilter, HistoryPeriod } from './history-filter.ts'

/**
 * The settings file (design: settings.json), one schema for electron-store, conf, the policy file, the page and
 * resources/settings.schema.json. Unknown keys are kept. Defaults make `{}` a valid file.
 */
const port = z.number().int().min(0).max(65535)
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
const id = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, - and _ only')
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
/** Who may report calls. Digits and dots alone are a mistyped address, never a name. */
const source = z
  .string()
  .min(1)
  .max(100)
  .refine(
    (text) =>
      network.safeParse(text).success ||
      (/^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?$/.test(text) && !/^[\d.]+$/.test(text)),
    'must be an address, a network such as 192.168.1.0/24, or a host name',
  )
const secret = z.string().max(500).nullable().default(null).meta({ secret: true })

/** Distance from UTC of the times that a system writes without a zone. */
const timeZone = z
  .string()
  .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'like +08:00')
  .default('+08:00')

/** The text that is hashed, with `{name}` for the parts; the secret must be one of them. */
const formula = (usual: string, ...names: string[]) =>
  z
    .string()
    .max(200)
    .regex(
      new RegExp(`^(?=.*\\{token\\})([^{}]|\\{(${names.join('|')}|token)\\})*$`),
      `must hold {token}, and no other braces than ${names.map((name) => `{${name}}`).join(' ')}`,
    )
    .default(usual)

export const TelcrmConnection = z.looseObject({
  id,
  system: z.literal('telcrm'),
  /** `http://192.168.1.82:12121` */
  baseUrl: httpUrl,
  /** My extension. */
  extension: z.string().max(20).nullable().default(null),
  supervisorExtension: z.string().max(20).nullable().default(null),
  line: z.enum(['fixed', 'ip']).default('fixed'),
  /** How the call log is fetched: `soap` where the PBX's HTTP interface is off. */
  callLog: z.enum(['http', 'soap']).default('http'),
  /** How this desk dials and ends its own calls: `soap` where the PBX's HTTP interface does not. */
  callControl: z.enum(['http', 'soap']).default('http'),
  captchaSecret: secret,
})
export type TelcrmConnection = z.infer<typeof TelcrmConnection>

export const CtiRealtimeConnection = z.looseObject({
  id,
  system: z.literal('cti-realtime'),
  baseUrl: httpUrl,
  /** Sent wherever an operation wants an enterprise (`enterpriseId`, `appId`) and none is given. */
  enterpriseId: z.string().max(60).nullable().default(null),
  token: secret,
  /** What the MD5 `sign` is made of; the manual names the parts without their order. */
  signFormula: formula('{appId}{timestamp}{token}', 'appId', 'timestamp'),
  /** What the MD5 `pwd` of an IVR import is made of; the manual does not say. */
  pwdFormula: formula('{seed}{token}', 'seed', 'userName', 'enterpriseId'),
})
export type CtiRealtimeConnection = z.infer<typeof CtiRealtimeConnection>
export const DialbackConnection = z.looseObject({
  id,
  system: z.literal('dialback'),
  baseUrl: httpUrl,
  userData: z.string().max(200).nullable().default(null),
  appSecret: secret,
  seatNumber: z.string().max(60).nullable().default(null),
  callerNumber: z.string().max(60).nullable().default(null),
  /** The manual leaves open whether dialling wants the Appsecret too. */
  sendAuthWithDial: z.boolean().default(false),
  timeZone,
})
export type DialbackConnection = z.infer<typeof DialbackConnection>

export const VoiceOpenapiConnection = z.looseObject({
  id,
  system: z.literal('voice-openapi'),
  baseUrl: httpUrl,
  customer: z.string().max(100).nullable().default(null),
  password: secret,
  /** Take pushes whose digest does not fit: how the platform signs them is not in the manual. */
  acceptUnsignedPushes: z.boolean().default(false),
  timeZone,
})
export type VoiceOpenapiConnection = z.infer<typeof VoiceOpenapiConnection>

export const CloudCsConnection = z.looseObject({
  id,
  system: z.literal('cloud-cs'),
  baseUrl: httpUrl,
  clientId: z.string().max(200).nullable().default(null),
  clientSecret: secret,
  scope: z.string().max(200).default('read,write'),
  /** Send the token as `access_token` in the address instead of in a header: only for a gateway that drops the header. */
  tokenInQuery: z.boolean().default(false),
})
export type CloudCsConnection = z.infer<typeof CloudCsConnection>

/** One bare word, as a voice menu compares it. */
const token = z.string().regex(/^[\x21-\x7e]{1,60}$/, 'one word without blanks')

/** Where the customer system is opened for a call. */
const crmRule = z.looseObject({
  id,
  name: z.string().min(1).max(40),
  /** Placeholders: {caller} {callee} {callId} {name} {group} {direction}. */
  template: z
    .string()
    .max(longestTemplate)
    .check((context) => {
      const flaw = templateFlaw(context.value)
      if (flaw !== null) context.issues.push({ code: 'custom', message: flaw, input: context.value })
    }),
  /** Groups whose calls it is for, as the PBX numbers them; none = every call. */
  groups: z.array(z.string().min(1).max(40)).max(200).default([]),
  /** When it opens by itself; `button` = never. */
  on: z.enum(['ring', 'answer', 'button']).default('button'),
  /** Also for calls that go out. */
  outgoing: z.boolean().default(false),
})
export type CrmRule = z.infer<typeof crmRule>

/** One mail address, as a mail link may carry it. */
const mailAddress = z
  .string()
  .regex(
    /^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
    'must be one mail address, such as name@example.com',
  )

export const Connection = z.discriminatedUnion('system', [
  TelcrmConnection,
  CtiRealtimeConnection,
  DialbackConnection,
  VoiceOpenapiConnection,
  CloudCsConnection,
])
export type Connection = z.infer<typeof Connection>

export const Settings = z.looseObject({
  connections: z
    .array(Connection)
    .default([])
    .refine((list) => new Set(list.map((one) => one.id)).size === list.length, 'every connection needs its own id'),
  listener: z
    .looseObject({
      /** Address to bind; `0.0.0.0` = every network card. */
      host: z.string().min(1).max(100).default('0.0.0.0'),
      port: port.default(12180),
      /** Addresses (or CIDR blocks) that may report calls, besides the hosts of the connections. */
      allow: z.array(source).max(200).default([]),
      /** Path that the PBX calls. Any path is accepted when null. */
      path: z.string().startsWith('/').max(200).default('/srvlt'),
    })
    .prefault({}),
  polling: z
    .looseObject({
      extensionStateMs: z.number().int().min(500).max(60_000).default(2000),
      callLogMs: z.number().int().min(2000).max(3_600_000).default(15_000),
    })
    .prefault({}),
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Groups as the PBX numbers them; the PBX does not tell their names or members. */
  groups: z
    .array(
      z.looseObject({
        id: z.string().min(1).max(40),
        name: z.string().min(1).max(40),
        extensions: z.array(z.string().max(20)).default([]),
      }),
    )
    .default([]),
  /** Voice menus that callers may be sent to (manual 003 §6): the number is the PBX's, the name is ours. */
  voiceMenus: z
    .array(z.looseObject({ id: z.number().int().min(1).max(999_999), name: z.string().trim().min(1).max(40) }))
    .max(100)
    .default([])
    .refine((list) => new Set(list.map((one) => one.id)).size === list.length, 'every voice menu needs its own number'),
  pop: z
    .looseObject({
      /** Whose calls pop: my extension, my groups, or everybody's. */
      scope: z.enum(['extension', 'groups', 'all']).default('extension'),
      /** Put the card away after hang-up, seconds; 0 = stays. Missed calls stay until handled. */
      hideAfterSec: z.number().int().min(0).max(600).default(8),
      /** Also over full-screen programs. */
      overFullScreen: z.boolean().default(false),
      /** Desktop notification besides the pop. */
      notify: z.boolean().default(true),
      /** Show the measured pop latency in the status line. */
      showLatency: z.boolean().default(true),
    })
    .prefault({}),
  dialing: z
    .looseObject({
      /** Put before outside numbers, e.g. `9`. */
      outsidePrefix: z
        .string()
        .regex(/^\d{0,4}$/, 'up to four digits')
        .default(''),
      /** Area code of this office without which local numbers are written, e.g. `0755`. */
      areaCode: z
        .string()
        .regex(/^(0\d{2,3})?$/, 'like 0755, or empty')
        .default(''),
    })
    .prefault({}),
  board: z
    .looseObject({
      view: z.enum(['groups', 'all', 'favourites']).default('groups'),
      layout: z.enum(['tiles', 'list']).default('tiles'),
      favourites: z.array(z.string().max(20)).default([]),
      /** May this desk set other people's presence? */
      setOthersPresence: z.boolean().default(false),
    })
    .prefault({}),
  /** Notes and tags of calls. */
  dispositions: z
    .looseObject({
      /** Tags to choose from. While a policy locks this list, no other tags may be used. */
      tags: z.array(z.string().trim().min(1).max(40)).max(100).default([]),
      /** May tags be used that are not in the list? */
      freeTags: z.boolean().default(true),
      /** Mail addresses of colleagues, for messages about calls. */
      mail: z
        .array(z.looseObject({ extension: z.string().min(1).max(20), address: mailAddress }))
        .max(2000)
        .default([]),
    })
    .prefault({}),
  /** The customer system: which address opens for which calls. The first rule that fits counts. */
  crm: z
    .looseObject({
      rules: z
        .array(crmRule)
        .max(50)
        .default([])
        .refine((list) => new Set(list.map((one) => one.id)).size === list.length, 'every rule needs its own id'),
      /** Hosts that may be opened, such as crm.example.com, crm.example.com:8443 or *.example.com; none = the hosts of the rules. */
      hosts: z
        .array(z.string().regex(/^(\*\.)?[A-Za-z0-9_.-]+(:\d{1,5})?$/, 'must be a host, such as crm.example.com'))
        .max(100)
        .default([]),
    })
    .prefault({}),
  /** Text messages from customers that the PBX passes on (manual 003 §23). Nothing is answered unless enabled. */
  smsQuery: z
    .looseObject({
      enabled: z.boolean().default(false),
      /** The first whose text occurs in the message answers it; a rule without a text never does. */
      rules: z
        .array(z.looseObject({ contains: z.string().max(200).default(''), reply: z.string().max(1000).default('') }))
        .max(200)
        .default([]),
      /** The answer to any other message; empty = none. */
      fallback: z.string().max(1000).default(''),
    })
    .prefault({}),
  /** Answers for the PBX's voice menus (manual 003 §7): `/ivr/<flow>`. */
  ivrChecks: z
    .array(
      z.looseObject({
        flow: z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, 'letters, digits, - and _ only'),
        /** The parameter that carries the digits keyed in, which the manual never names; `*` = whichever fits a rule. */
        param: z.string().min(1).max(60).default('input'),
        rules: z
          .array(z.looseObject({ value: z.string().max(200), token }))
          .max(1000)
          .default([]),
        /** When no rule fits. */
        otherwise: token.default('OTHER'),
      }),
    )
    .max(100)
    .default([])
    .refine((list) => new Set(list.map((one) => one.flow)).size === list.length, 'every flow needs its own name'),
  /** Recordings that were played are kept on this PC, so that they play at once the next time. */
  recordings: z
    .looseObject({
      /** Room for them, MB; the least recently played go first. */
      cacheMb: z.number().int().min(10).max(1_000_000).default(1000),
      /** Deleted so many days after they were downloaded; 0 = only when room is needed. */
      keepDays: z.number().int().min(0).max(3650).default(30),
    })
    .prefault({}),
  imports: z
    .looseObject({
      /** Longest address of a request that creates customers on a PBX, bytes. Old servlet containers take 8 kB. */
      requestBytes: z.number().int().min(1000).max(60_000).default(7000),
    })
    .prefault({}),
  history: z
    .looseObject({
      /** Calls older than this are deleted, days; 0 = all are kept. */
      retentionDays: z.number().int().min(0).max(36_500).default(0),
      /** Searches that were given a name. */
      filters: z
        .array(
          z.looseObject({
            name: z.string().min(1).max(60),
            filter: HistoryFilter,
            /** Takes the place of the filter's `from` and `to`. */
            period: HistoryPeriod.nullable().default(null),
          }),
        )
        .max(50)
        .default([]),
    })
    .prefault({}),
  startAtLogin: z.boolean().default(true),
  startMinimised: z.boolean().default(false),
  /** The first-run wizard was finished or skipped. */
  setupDone: z.boolean().default(false),
})
export type Settings = z.infer<typeof Settings>

export const Policy = z.looseObject({
  values: z.record(z.string(), z.unknown()).default({}),
  locked: z.array(z.string()).default([]),
})
export type Policy = z.infer<typeof Policy>
