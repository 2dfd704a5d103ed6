import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { returnCode } from '../codes.ts'
import { done } from '../envelope.ts'
import { instance } from '../values.ts'

/** Begins to dial. Manual 004 §6.3.3.6. */
export const outTaskStart = operation({
  id: 'cloud-cs.out-task-start',
  title: 'Start a task',
  titleZh: '人工外呼-启动',
  doc: '004 §6.3.3.6',
  method: 'PUT',
  path: '/artificialOutTask/startCall',
  params: z.object({ instanceId: instance }),
  wire: { instanceId: 'id' },
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** Manual 004 §6.3.3.7. */
export const outTaskPause = operation({
  id: 'cloud-cs.out-task-pause',
  title: 'Pause a task',
  titleZh: '人工外呼-暂停',
  doc: '004 §6.3.3.7',
  method: 'PUT',
  path: '/artificialOutTask/pauseCall',
  params: z.object({ instanceId: instance }),
  wire: { instanceId: 'id' },
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** Manual 004 §6.3.3.8. */
export const outTaskStop = operation({
  id: 'cloud-cs.out-task-stop',
  title: 'Stop a task',
  titleZh: '人工外呼-停止',
  doc: '004 §6.3.3.8',
  method: 'PUT',
  path: '/artificialOutTask/stopCall',
  params: z.object({ instanceId: instance }),
  wire: { instanceId: 'id' },
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** For good: no state is passed on, changeState always terminates. Manual 004 §6.3.3.10. */
export const outTaskTerminate = operation({
  id: 'cloud-cs.out-task-terminate',
  title: 'Terminate a task',
  titleZh: '人工外呼-终结',
  doc: '004 §6.3.3.10',
  method: 'PUT',
  path: '/artificialOutTask/changeState',
  params: z.object({ instanceId: instance }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})

/** Manual 004 §6.3.3.13. */
export const outTaskDelete = operation({
  id: 'cloud-cs.out-task-delete',
  title: 'Delete a task',
  titleZh: '人工外呼-删除',
  doc: '004 §6.3.3.13',
  method: 'DELETE',
  path: '/artificialOutTask/delete',
  params: z.object({ instanceId: instance }),
  response: done,
  retry: 'never',
  codes: { code: returnCode },
})
