/** The check that is measured. */
export const request = () => ({
  reading: { sheet: null, encoding: null, delimiter: null, hasHeader: true },
  plan: {
    ...{ kind: 'contacts' as const, connection: null },
    ...{ target: 'both' as const, suggestions: [], known: 'fill' as const, pbxGroup: 1, pbxAssistant: -1 },
    mapping: ['name' as const, 'mobile' as const, 'company' as const, 'notes' as const, 'qq' as const],
  },
  ...{ fixes: [], columns: ['姓名', '手机', '公司', '备注', 'QQ'], numbers: {}, directory: [], pbx: [] },
})
