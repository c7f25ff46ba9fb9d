/**
 * The sheets and columns of an RVTools export that the importer looks at, and how they may be spelled. Spellings are compared
 * without case, blanks, punctuation, the sheet's name in front ("vInfoVMName") and MB or MiB behind: both hold MiB.
 * Custom attributes are extra columns between the sheet's first and last ones and may repeat a name, so that of the last
 * columns the last one of a name counts. Source: domain.md 5.1.
 */
export const columns = {
  vInfo: {
    vm: { spellings: ['VM', 'VM Name'], take: 'first' },
    powerstate: { spellings: ['Powerstate'], take: 'first' },
    template: { spellings: ['Template'], take: 'first' },
    placeholder: { spellings: ['SRM Placeholder'], take: 'first' },
    disks: { spellings: ['Disks', '# Disks', 'Num Virtual Disks'], take: 'first' },
    capacity: { spellings: ['Total disk capacity'], take: 'first' },
    provisioned: { spellings: ['Provisioned'], take: 'first' },
    inUse: { spellings: ['In Use'], take: 'first' },
    path: { spellings: ['Path'], take: 'first' },
    datacenter: { spellings: ['Datacenter'], take: 'last' },
    cluster: { spellings: ['Cluster'], take: 'last' },
    host: { spellings: ['Host'], take: 'last' },
    osTools: { spellings: ['OS according to the VMware Tools', 'OS Tools'], take: 'last' },
    osConfig: { spellings: ['OS according to the configuration file', 'OS'], take: 'last' },
    vmId: { spellings: ['VM ID'], take: 'last' },
    manager: { spellings: ['VI SDK Server'], take: 'last' },
  },
  vDisk: {
    vm: { spellings: ['VM', 'VM Name'], take: 'first' },
    diskKey: { spellings: ['Disk Key'], take: 'first' },
    diskPath: { spellings: ['Disk Path'], take: 'first' },
    capacity: { spellings: ['Capacity'], take: 'first' },
    used: { spellings: ['In Use', 'Used', 'Consumed'], take: 'first' },
    raw: { spellings: ['Raw'], take: 'first' },
    path: { spellings: ['Path'], take: 'first' },
    host: { spellings: ['Host'], take: 'last' },
    vmId: { spellings: ['VM ID'], take: 'last' },
    manager: { spellings: ['VI SDK Server'], take: 'last' },
  },
  vPartition: {
    vm: { spellings: ['VM', 'VM Name'], take: 'first' },
    diskKey: { spellings: ['Disk Key'], take: 'first' },
    consumed: { spellings: ['Consumed'], take: 'first' },
    host: { spellings: ['Host'], take: 'last' },
    vmId: { spellings: ['VM ID'], take: 'last' },
    manager: { spellings: ['VI SDK Server'], take: 'last' },
  },
  vDatastore: {
    name: { spellings: ['Name'], take: 'first' },
    accessible: { spellings: ['Accessible'], take: 'first' },
    type: { spellings: ['Type'], take: 'first' },
    free: { spellings: ['Free'], take: 'first' },
    hostCount: { spellings: ['# Hosts'], take: 'first' },
    hosts: { spellings: ['Hosts'], take: 'first' },
  },
  vHost: {
    host: { spellings: ['Host', 'Name'], take: 'first' },
    datacenter: { spellings: ['Datacenter'], take: 'first' },
    cluster: { spellings: ['Cluster'], take: 'first' },
  },
} as const satisfies Record<string, Record<string, ColumnRule>>;

export interface ColumnRule {
  readonly spellings: readonly string[];
  readonly take: 'first' | 'last';
}

export type SheetName = keyof typeof columns;
export type ColumnOf<S extends SheetName> = keyof (typeof columns)[S] & string;

/** What is left of a header once everything that exports spell in different ways is gone. */
export function headerToken(header: string, sheet: string): string {
  const token = header.toLowerCase().replaceAll(/[^\p{L}\p{N}#%]/gu, '');
  const prefix = sheet.toLowerCase();
  const bare = token.startsWith(prefix) ? token.slice(prefix.length) : token;
  return bare.replace(/(?<=.)(mib|mb)$/u, '');
}
