import envPaths from 'env-paths';
import { hostname, userInfo } from 'node:os';
import type { HostOptions } from '../host/host.ts';
import { computerName } from './computer-name.ts';
import type { Settings } from './settings/table.ts';

/** What a host is started with, as its settings say. */
export type SettingsOptions = Omit<HostOptions, 'version' | 'pageRoot' | 'log'>;

export function hostOptions(settings: Settings): SettingsOptions {
  const { port, address, data, name, cert, key, create, announce = true } = settings;
  const { 'media-port': mediaPort, 'public-url': publicUrl, 'allow-origin': allowedOrigins } = settings;
  const {
    'monitoring-port': monitoringPort,
    'monitoring-address': monitoringAddress,
    'monitoring-token': token,
  } = settings;
  return {
    dataDir: data ?? envPaths('parley', { suffix: '' }).data,
    name: name ?? computerName({ hostname: hostname(), username: userInfo().username }),
    ...(port !== undefined && { port }),
    ...(mediaPort !== undefined && { mediaPort }),
    ...(address && { addresses: address }),
    ...(cert !== undefined && key !== undefined && { certificate: { cert, key } }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(create && { create }),
    ...(allowedOrigins && { allowedOrigins }),
    announce,
    ...(monitoringPort !== undefined && {
      monitoring: {
        port: monitoringPort,
        ...(monitoringAddress && { address: monitoringAddress }),
        ...(token && { token }),
      },
    }),
  };
}
