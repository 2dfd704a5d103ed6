import type { Operation } from '../../kit/operation.ts'
import {
  accessTelNumOptions,
  dataObjectSearch,
  employeePage,
  employeeResetQueues,
  openWordsOptions,
  skillsLoadQueueInfo,
} from './employees.ts'
import { filesDelete, filesDownload, filesRename, filesSearch, filesUpload } from './files.ts'
import {
  callHistoryDetail,
  callHistoryPage,
  employeeHistoriesPage,
  outboundContactsPage,
  recordDownload,
  recordPage,
} from './histories.ts'
import { queueUserDelete, queueUserInsert, queueUserPage, queueUserPageCanAdd } from './members.ts'
import { outProjectDelete, outProjectFind, outProjectInsert, outProjectPage, outProjectUpdate } from './projects.ts'
import { outTaskDelete, outTaskPause, outTaskStart, outTaskStop, outTaskTerminate } from './task-state.ts'
import {
  outTaskAppend,
  outTaskFind,
  outTaskInsert,
  outTaskPage,
  outTaskRead,
  outTaskRecall,
  outTaskUpdate,
} from './tasks.ts'
import { oauthToken } from './token.ts'

/** Every cloud-cs operation, in the order of the manual. */
export const cloudCsOperations: readonly Operation[] = [
  oauthToken,
  employeePage,
  employeeResetQueues,
  skillsLoadQueueInfo,
  openWordsOptions,
  dataObjectSearch,
  accessTelNumOptions,
  outProjectInsert,
  outProjectPage,
  outProjectFind,
  outProjectUpdate,
  outProjectDelete,
  filesUpload,
  filesSearch,
  filesDownload,
  filesRename,
  filesDelete,
  outTaskInsert,
  outTaskPage,
  outTaskFind,
  outTaskUpdate,
  outTaskAppend,
  outTaskStart,
  outTaskPause,
  outTaskStop,
  outTaskRecall,
  outTaskTerminate,
  outTaskRead,
  queueUserPageCanAdd,
  queueUserInsert,
  queueUserPage,
  queueUserDelete,
  outTaskDelete,
  outboundContactsPage,
  employeeHistoriesPage,
  callHistoryPage,
  callHistoryDetail,
  recordPage,
  recordDownload,
]
