"""A script for `tf.train.Saver` and the projector API, with one import changed: python own_script_v1.py [logdir]."""

import os
import sys

import tensorflow.compat.v1 as tf

# Was: from tensorboard.plugins import projector
from tb_projector_plugin import projector

tf.disable_eager_execution()
logdir = sys.argv[1] if len(sys.argv) > 1 else "logs"
os.makedirs(logdir, exist_ok=True)

words = [f"word {number}" for number in range(1000)]
with open(os.path.join(logdir, "metadata.tsv"), "w", encoding="utf-8") as file:
    file.writelines(f"{word}\n" for word in words)

embedding_var = tf.Variable(tf.random_normal([len(words), 20], seed=1), name="word_embedding")
shrink = embedding_var.assign(embedding_var * 0.9)
saver = tf.train.Saver()
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for step in (1, 2, 3):
        session.run(shrink)
        saver.save(session, os.path.join(logdir, "model.ckpt"), step)

config = projector.ProjectorConfig()
embedding = config.embeddings.add()
embedding.tensor_name = embedding_var.name
embedding.metadata_path = "metadata.tsv"
projector.visualize_embeddings(logdir, config)
print(f"tensorboard --logdir {logdir}")
