import ts from 'typescript'

const sqlWords =
  /\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|VACUUM|ATTACH|WHERE|FROM|UNION|AND|OR|IN|EXISTS|LIKE|ORDER|JOIN|NOT|MATCH|LIMIT|SAVEPOINT)\b/

/**
 * What is put into SQL text as text: the expressions in `${…}` of templates with words of SQL in them, and whatever is added to
 * such a text with `+`. A template within is looked at for itself.
 */
export function sqlParts(file: string, source: string): string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const said = (node: ts.Node) => node.getText(tree).replace(/\s+/g, ' ')
  const holdsTemplate = (node: ts.Node): boolean =>
    ts.isTemplateExpression(node) || node.getChildren(tree).some(holdsTemplate)
  function visit(node: ts.Node, isWithin: boolean): void {
    let isSql = isWithin
    if (ts.isTemplateExpression(node)) {
      isSql ||= sqlWords.test([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' '))
      if (isSql)
        for (const { expression } of node.templateSpans) if (!holdsTemplate(expression)) found.push(said(expression))
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
      const [sql, other] = ts.isStringLiteralLike(node.left) ? [node.left, node.right] : [node.right, node.left]
      if (ts.isStringLiteralLike(sql) && sqlWords.test(sql.text) && !ts.isStringLiteralLike(other))
        found.push(said(other))
    }
    ts.forEachChild(node, (child) => visit(child, isSql))
  }
  visit(tree, false)
  return [...new Set(found)].sort()
}
