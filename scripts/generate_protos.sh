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
# The messages of checkpoints get a descriptor pool of their own, in which nothing that TensorFlow registers can clash.
sed -i 's/_descriptor_pool\.Default()/_descriptor_pool.DescriptorPool()/' "$out"/tb_projector_plugin/protos/checkpoint_pb2.py
cp "$out"/tb_projector_plugin/protos/*_pb2.py* protos/
