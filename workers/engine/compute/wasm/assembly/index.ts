export { setDropout, setRows, setScratch, setTarget } from './context';
export { drawRows, probabilityRows } from './generate';
export { gemm, transpose } from './gemm';
export { accumulateGradients, adamw, evaluateRows } from './train';
