import { expose } from '../../src/threads/rpc';
import { startEncoderWorker } from './encoding-pool/start-worker';
import { backendChooser } from './models/argn/backends/choose-backend';
import { gpuOfThread } from './models/argn/backends/create-backend';
import { startShardWorker } from './models/argn/shards/start-worker';
import { loadKernels } from './models/argn/wasm/load';
import { EngineSession } from './session';

const supply = { cores: navigator.hardwareConcurrency, start: startShardWorker };
const encoders = { cores: navigator.hardwareConcurrency, start: startEncoderWorker };
expose(new EngineSession(backendChooser(loadKernels, supply, gpuOfThread), encoders));
