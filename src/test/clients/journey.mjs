// What every client does once it is connected; prints one JSON object.
export async function journey(client, facts) {
  const { tools } = await client.listTools();
  const names = tools.map((tool) => tool.name);
  const call = (name, args) => client.callTool({ name, arguments: args });
  const name = `journey-${process.pid}`;
  const steps = {};
  if (names.includes('create_database')) {
    steps.created = (await call('create_database', { name, group: 'default' })).structuredContent;
    steps.listed = (await call('list_databases', {})).content[0].text.includes(`"${name}"`);
    steps.read = (await call('read_database', { database: 'shop', sql: 'SELECT name FROM customer' })).content[0].text;
    steps.deleted = !(await call('delete_database', { database: name })).isError;
  }
  steps.gone = !(await call('list_databases', {})).content[0].text.includes(`"${name}"`);
  steps.missing = await call('get_database', { database: name });
  steps.invalid = await call('get_database', {});
  console.log(JSON.stringify({ ...facts, names, ...steps }));
}
