import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { wireRecord, wireText } from '../../kit/tolerant.ts'
import { returnCode } from '../codes.ts'
import { data, dataOrNothing, done } from '../envelope.ts'
import { page, pagesOf } from '../rows.ts'
import { idsOf, longProject, optionalText, pageParams, shortProject, someText } from '../values.ts'

/** `projectId` is the long form. */
const Project = wireRecord({ projectId: wireText, projectName: wireText.optional() })
type Project = z.output<typeof Project>

const remark = optionalText('Remark', '备注')

/** No id comes back: the page query tells the long one. Manual 004 §6.3.1.1. */
export const outProjectInsert = operation({
  id: 'cloud-cs.out-project-insert',
  title: 'Create an outbound project',
  titleZh: '外呼项目-新增',
  doc: '004 §6.3.1.1',
  method: 'POST',
  path: '/outProject/insert',
  params: z.object({
    projectId: shortProject('Project, short: 6 to 12 digits or letters', '项目标识（短号，6-12 位数字或字母）').refine(
      (id) => id !== '',
      'must not be empty',
    ),
    projectName: says(someText, 'Name', '项目名称'),
    remark,
  }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** Manual 004 §6.3.1.2. */
export const outProjectPage = operation({
  id: 'cloud-cs.out-project-page',
  title: 'List outbound projects',
  titleZh: '外呼项目-分页查询',
  doc: '004 §6.3.1.2',
  method: 'GET',
  path: '/outProject/pageSearch',
  params: z.object({
    ...pageParams,
    projectName: optionalText('Name', '项目名称'),
    projectId: shortProject('Project, short', '项目标识（短号）').optional(),
  }),
  response: data(page(Project)),
  retry: 'safe',
  pages: pagesOf<Project>('projectId'),
})

/** Null when there is no such project. Manual 004 §6.3.1.3, whose sample is empty. */
export const outProjectFind = operation({
  id: 'cloud-cs.out-project-find',
  title: 'Get an outbound project',
  titleZh: '外呼项目-详情查询',
  doc: '004 §6.3.1.3',
  method: 'GET',
  path: '/outProject/findById',
  params: z.object({ id: longProject }),
  response: dataOrNothing(Project),
  retry: 'safe',
})

/** Manual 004 §6.3.1.4. */
export const outProjectUpdate = operation({
  id: 'cloud-cs.out-project-update',
  title: 'Update an outbound project',
  titleZh: '外呼项目-修改',
  doc: '004 §6.3.1.4',
  method: 'PUT',
  path: '/outProject/update',
  params: z.object({ projectId: longProject, projectName: says(someText, 'Name', '项目名称'), remark }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** Manual 004 §6.3.1.5. */
export const outProjectDelete = operation({
  id: 'cloud-cs.out-project-delete',
  title: 'Delete outbound projects',
  titleZh: '外呼项目-删除',
  doc: '004 §6.3.1.5',
  method: 'DELETE',
  path: '/outProject/delete',
  params: z.object({ ids: idsOf('Projects, long form', '项目标识（长号，可多个）') }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})
