import { expose } from '../../src/threads/rpc';
import { backendChooser } from './choose-backend';
import { createGpuBackend } from './compute/create-backend';
import { startShardWorker } from './compute/pool/start-worker';
import { loadKernels } from './compute/wasm/load';
import { EngineSession } from './session';

const supply = { cores: navigator.hardwareConcurrency, start: startShardWorker };
expose(new EngineSession(backendChooser(loadKernels, supply, createGpuBackend)));
