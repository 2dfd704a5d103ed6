import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { jsonPart, says } from '../../kit/params.ts'
import { resultCode } from '../../kit/response.ts'
import { resultCodes } from '../result-codes.ts'

const filled = z.string().trim().min(1, 'must not be empty').max(500)

const detail = jsonPart({ title: z.number().int().min(1), value: filled }, { title: 'tid', value: 'cvalue' })

const contact = jsonPart(
  {
    name: filled,
    /** -1 = everybody's. */
    assistant: z.number().int().min(-1).default(-1),
    group: z.number().int().min(1).default(1),
    details: z.array(detail).min(1, 'must have at least one detail'),
  },
  { name: 'cname', assistant: 'localuser', group: 'gid' },
)

const opportunity = jsonPart(
  {
    name: filled,
    number: filled.max(60),
    product: filled,
    comment: z.string().max(2000),
    qq: z.string().max(60).optional(),
  },
  { name: 'cname', number: 'telnum' },
)

/** Create customers. All of it stands in the address: an old servlet container takes about 8 kB, so few at a time. Manual 003 §19. */
export const contactsCreate = operation({
  id: 'telcrm.contacts-create',
  title: 'Create contacts',
  titleZh: '创建客户资料',
  doc: '003 §19',
  method: 'GET',
  path: '/bridge/ContactsSrvlt',
  params: z.object({
    data: says(
      jsonPart({ contacts: z.array(contact).min(1, 'must not be empty') }),
      'Contacts, as JSON: {"contacts": [{"cname", "localuser" (-1 = public), "gid" (1 = default), "details": [{"tid" (1 = mobile, 2 = landline), "cvalue"}]}]}',
      '客户资料（JSON）：cname 客户名称，localuser 助手编号（公共 -1），gid 客户分组（默认 1），details 中 tid 1 手机、2 固话，cvalue 为内容',
      { long: true },
    ),
  }),
  response: resultCode([200]),
  ...resultCodes('ContactsSrvlt'),
  retry: 'never',
})

/** Create sales opportunities; a known number keeps its contact, an unknown product is created. Manual 003 §20. */
export const preorderCreate = operation({
  id: 'telcrm.preorder-create',
  title: 'Create sales opportunities',
  titleZh: '创建商机',
  doc: '003 §20',
  method: 'GET',
  path: '/bridge/PreorderSrvlt',
  params: z.object({
    data: says(
      jsonPart({ opportunities: z.array(opportunity).min(1, 'must not be empty') }, { opportunities: 'preorder' }),
      'Opportunities, as JSON: {"preorder": [{"cname", "telnum", "product", "comment", "qq" (optional)}]}',
      '商机（JSON）：cname 客户名称，telnum 电话号码，product 产品名称，comment 商机描述，qq 可选',
      { long: true },
    ),
  }),
  response: resultCode([200]),
  ...resultCodes('PreorderSrvlt'),
  retry: 'never',
})
