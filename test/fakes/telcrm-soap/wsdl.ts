import {
  type Dialect,
  dialects,
  elementType,
  isRecord,
  type JavaType,
  type Named,
  records,
  services,
  type WsdlStyle,
} from './contract.ts'

const simple: Partial<Record<JavaType, string>> = {
  String: 'string',
  int: 'int',
  Integer: 'int',
  Boolean: 'boolean',
  Date: 'dateTime',
  'byte[]': 'base64Binary',
}

const head = (target: string, more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<wsdl:definitions targetNamespace="${target}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"` +
  ` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"` +
  ` xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"${more}>`

/** Documents of a service by their query: `wsdl`, `xsd=1`, … `self` = how the server calls itself, which nobody outside can reach. */
export function wsdlDocuments(style: WsdlStyle, service: string, self: string): Record<string, string> {
  const address = `${self}/bridge/services/${service}`
  if (style === 'axis') return { wsdl: axisWsdl(service, address) }
  const dialect = dialects[style]
  const rest = literalRest(service, address, style === 'imported')
  if (style === 'xfire') {
    const types = `<wsdl:types>${wrapperSchema(dialect, service)}${recordSchema(dialect)}</wsdl:types>`
    return {
      wsdl: `${head(dialect.namespace, ` xmlns:tns="${dialect.namespace}" xmlns:m="${dialect.recordNamespace}"`)}${types}${rest}`,
    }
  }
  if (style === 'cxf') {
    const types = `<wsdl:types>${namedSchema(dialect, service)}</wsdl:types>`
    return { wsdl: `${head(dialect.namespace, ` xmlns:tns="${dialect.namespace}"`)}${types}${rest}` }
  }
  const types =
    `<wsdl:types><xsd:schema><xsd:import namespace="${dialect.namespace}" schemaLocation="${address}?xsd=1"/></xsd:schema>` +
    '<xsd:schema targetNamespace="urn:mime"><xsd:import namespace="http://www.w3.org/2005/05/xmlmime" schemaLocation="http://www.w3.org/2005/05/xmlmime"/></xsd:schema></wsdl:types>'
  const schema = (content: string) =>
    `<?xml version="1.0"?><schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:q="${dialect.namespace}" targetNamespace="${dialect.namespace}" elementFormDefault="qualified">${content}</schema>`
  return {
    wsdl: `${head(dialect.namespace, ` xmlns:tns="${dialect.namespace}"`)}${types}${rest}`,
    'xsd=1': schema(`<include schemaLocation="${service}?xsd=2"/>${wrappers(dialect, service, '', 'q:')}`),
    'xsd=2': schema(recordTypes(dialect, '', 'q:')),
  }
}

/** Axis 1: the target namespace is the service's address, calls live in the namespace of the package. */
function axisWsdl(service: string, address: string): string {
  const { namespace, recordNamespace, result } = dialects.axis
  const typed = (type: JavaType) =>
    elementType(type)
      ? `impl:ArrayOf_tns1_${elementType(type)}`
      : isRecord(type)
        ? `tns1:${type}`
        : type === 'int'
          ? 'xsd:int'
          : type === 'Date'
            ? 'xsd:dateTime'
            : type === 'byte[]'
              ? 'soapenc:base64Binary'
              : `soapenc:${simple[type]}`
  const used = usedRecords(service)
  const types = used.map(
    (name) =>
      `<schema targetNamespace="${recordNamespace}" xmlns="http://www.w3.org/2001/XMLSchema"><import namespace="http://schemas.xmlsoap.org/soap/encoding/"/>` +
      `<complexType name="${name}"><sequence>${records[name].map(([field, type]) => `<element name="${field}" nillable="true" type="${typed(type)}"/>`).join('')}</sequence></complexType></schema>` +
      `<schema targetNamespace="${address}" xmlns="http://www.w3.org/2001/XMLSchema"><complexType name="ArrayOf_tns1_${name}"><complexContent><restriction base="soapenc:Array"><attribute ref="soapenc:arrayType" wsdl:arrayType="tns1:${name}[]"/></restriction></complexContent></complexType></schema>`,
  )
  const methods = Object.entries(services[service]!)
  const messages = methods.map(
    ([name, method]) =>
      `<wsdl:message name="${name}Request">${method.args.map(([, type], at) => `<wsdl:part name="in${at}" type="${typed(type)}"/>`).join('')}</wsdl:message>` +
      `<wsdl:message name="${name}Response">${method.returns === 'void' ? '' : `<wsdl:part name="${result(name)}" type="${typed(method.returns)}"/>`}</wsdl:message>`,
  )
  const order = (count: number) => Array.from({ length: count }, (_one, at) => `in${at}`).join(' ')
  const port = methods.map(
    ([name, { args }]) =>
      `<wsdl:operation name="${name}" parameterOrder="${order(args.length)}"><wsdl:input name="${name}Request" message="impl:${name}Request"/><wsdl:output name="${name}Response" message="impl:${name}Response"/></wsdl:operation>`,
  )
  const body = `<soap:body use="encoded" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" namespace="${namespace}"/>`
  const bound = methods.map(
    ([name]) =>
      `<wsdl:operation name="${name}"><soap:operation soapAction=""/><wsdl:input name="${name}Request">${body}</wsdl:input><wsdl:output name="${name}Response">${body}</wsdl:output></wsdl:operation>`,
  )
  return (
    `${head(address, ` xmlns:impl="${address}" xmlns:intf="${address}" xmlns:tns1="${recordNamespace}"`)}<wsdl:types>${types.join('')}</wsdl:types>${messages.join('')}` +
    `<wsdl:portType name="${service}">${port.join('')}</wsdl:portType>` +
    `<wsdl:binding name="${service}SoapBinding" type="impl:${service}"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>${bound.join('')}</wsdl:binding>` +
    `<wsdl:service name="${service}Service"><wsdl:port name="${service}" binding="impl:${service}SoapBinding"><soap:address location="${address}"/></wsdl:port></wsdl:service></wsdl:definitions>`
  )
}

const usedRecords = (service: string) => [
  ...new Set(
    Object.values(services[service]!)
      .flatMap(({ args, returns }) => [...args.map(([, type]) => type), returns])
      .flatMap((type) => elementType(type) ?? (isRecord(type) ? [type] : [])),
  ),
]

/** One element of a literal schema. `x` = prefix of the schema's own elements, `t` = of the types. */
function element([name, type]: Named, dialect: Dialect, x: string, t: string): string {
  const row = elementType(type)
  const named = isRecord(type) ? t + type : `${x === '' ? '' : 'xsd:'}${simple[type]}`
  if (row && dialect.optional)
    return `<${x}element name="${name}" type="${t}${row}" minOccurs="0" maxOccurs="unbounded"/>`
  if (row) return `<${x}element name="${name}" type="${t}ArrayOf${row}" nillable="true"/>`
  if (type === 'int') return `<${x}element name="${name}" type="${named}"/>`
  return `<${x}element name="${name}" type="${named}"${dialect.optional ? ' minOccurs="0"' : ' nillable="true"'}/>`
}

const recordTypes = (dialect: Dialect, x: string, t: string) =>
  Object.entries(records)
    .map(([name, fields]) => {
      const array = `<${x}complexType name="ArrayOf${name}"><${x}sequence><${x}element name="${name}" type="${t}${name}" minOccurs="0" maxOccurs="unbounded" nillable="true"/></${x}sequence></${x}complexType>`
      const content = fields.map((field) => element(field, dialect, x, t)).join('')
      return `<${x}complexType name="${name}"><${x}sequence>${content}</${x}sequence></${x}complexType>${dialect.optional ? '' : array}`
    })
    .join('')

/** Wrapper elements with their content inside. */
const wrappers = (dialect: Dialect, service: string, x: string, t: string) =>
  Object.entries(services[service]!)
    .map(([name, method]) => {
      const args = method.args.map(([, type], at) => element([dialect.argument(method, at), type], dialect, x, t))
      const returned = method.returns === 'void' ? '' : element([dialect.result(name), method.returns], dialect, x, t)
      const wrap = (tag: string, content: string) =>
        `<${x}element name="${tag}"><${x}complexType><${x}sequence>${content}</${x}sequence></${x}complexType></${x}element>`
      return wrap(name, args.join('')) + wrap(`${name}Response`, returned)
    })
    .join('')

const wrapperSchema = (dialect: Dialect, service: string) =>
  `<xsd:schema targetNamespace="${dialect.namespace}" elementFormDefault="qualified" attributeFormDefault="qualified">${wrappers(dialect, service, 'xsd:', 'm:')}</xsd:schema>`
const recordSchema = (dialect: Dialect) =>
  `<xsd:schema targetNamespace="${dialect.recordNamespace}" elementFormDefault="qualified">${recordTypes(dialect, 'xsd:', 'm:')}</xsd:schema>`

/** CXF: wrapper elements of named types, nothing local is qualified. */
function namedSchema(dialect: Dialect, service: string): string {
  const types = Object.entries(services[service]!).map(([name, method]) => {
    const args = method.args.map(([, type], at) =>
      element([dialect.argument(method, at), type], dialect, 'xs:', 'tns:'),
    )
    const returned = method.returns === 'void' ? '' : element(['return', method.returns], dialect, 'xs:', 'tns:')
    return (
      `<xs:element name="${name}" type="tns:${name}"/><xs:element name="${name}Response" type="tns:${name}Response"/>` +
      `<xs:complexType name="${name}"><xs:sequence>${args.join('')}</xs:sequence></xs:complexType>` +
      `<xs:complexType name="${name}Response"><xs:sequence>${returned}</xs:sequence></xs:complexType>`
    )
  })
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="unqualified" targetNamespace="${dialect.namespace}" version="1.0">${types.join('')}${recordTypes(dialect, 'xs:', 'tns:')}</xs:schema>`
}

/** Messages, port type, bindings and service of a document/literal WSDL; `twelve` = a SOAP 1.2 and an HTTP way in as well. */
function literalRest(service: string, address: string, twelve: boolean): string {
  const names = Object.keys(services[service]!)
  const messages = names.map(
    (name) =>
      `<wsdl:message name="${name}Request"><wsdl:part name="parameters" element="tns:${name}"/></wsdl:message>` +
      `<wsdl:message name="${name}Response"><wsdl:part name="parameters" element="tns:${name}Response"/></wsdl:message>`,
  )
  const port = names.map(
    (name) =>
      `<wsdl:operation name="${name}"><wsdl:input message="tns:${name}Request"/><wsdl:output message="tns:${name}Response"/></wsdl:operation>`,
  )
  const binding = (prefix: string, tag: string) => {
    const bound = names.map(
      (name) =>
        `<wsdl:operation name="${name}"><${prefix}:operation soapAction="" style="document"/><wsdl:input><${prefix}:body use="literal"/></wsdl:input><wsdl:output><${prefix}:body use="literal"/></wsdl:output></wsdl:operation>`,
    )
    return `<wsdl:binding name="${service}${tag}" type="tns:${service}PortType"><${prefix}:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${bound.join('')}</wsdl:binding>`
  }
  const way = (prefix: string, tag: string) =>
    `<wsdl:port name="${service}${tag}Port" binding="tns:${service}${tag}"><${prefix}:address location="${address}"/></wsdl:port>`
  return (
    `${messages.join('')}<wsdl:portType name="${service}PortType">${port.join('')}</wsdl:portType>` +
    `${twelve ? binding('soap12', 'Soap12') : ''}${binding('soap', 'Http')}` +
    `<wsdl:service name="${service}">${twelve ? way('soap12', 'Soap12') : ''}${way('soap', 'Http')}</wsdl:service></wsdl:definitions>`
  )
}
