#!/bin/sh
# protos/*.proto -> protos/*_pb2.py and .pyi, all committed.
#
# grpcio-tools 1.62 generates code that works with protobuf 3.20 to 7; the output of newer generators does not work with
# older runtimes. It has its own environment, because it installs an older protobuf than TensorFlow needs.
set -eu
cd "$(dirname "$0")/.."

environment=$(mktemp -d)
trap 'rm -rf "$environment"' EXIT
python3 -m venv "$environment"
"$environment/bin/pip" install --quiet 'grpcio-tools==1.62.3' 'setuptools<80'

out="$environment/out"
mkdir "$out"
"$environment/bin/python" -m grpc_tools.protoc \
    -Itb_projector_plugin/protos=protos \
    --python_out="$out" --pyi_out="$out" \
    tb_projector_plugin/protos/projector_config.proto tb_projector_plugin/protos/checkpoint.proto
cp "$out"/tb_projector_plugin/protos/*_pb2.py* protos/
